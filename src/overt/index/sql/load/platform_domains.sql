SELECT platform, domain, row_number() OVER () FROM platform_domains
