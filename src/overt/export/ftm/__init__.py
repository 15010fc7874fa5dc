"""FollowTheMoney entities and statements, with the evidence for them."""
