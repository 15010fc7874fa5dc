-- Splink's answers for the pairs that were asked for.
CREATE TEMP TABLE linkage_pair AS
SELECT a, b, id_l AS one, id_r AS other, match_weight, match_probability, ${weights}
FROM linkage_predicted
JOIN linkage_asked ON id_l = join_key_l AND id_r = join_key_r;
