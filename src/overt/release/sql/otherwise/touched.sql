-- Records of which something else is said without a source or a rule, or where records are other things than they were.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT id, type FROM claims WHERE standing = 'current' AND (${touches})
