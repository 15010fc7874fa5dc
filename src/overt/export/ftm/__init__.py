"""FollowTheMoney entities and statements."""
