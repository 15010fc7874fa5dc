SELECT platform, domain FROM platform_domains WHERE ? IN ('', platform) ORDER BY position
