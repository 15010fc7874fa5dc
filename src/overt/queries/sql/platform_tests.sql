SELECT platform, test_name FROM platform_tests ORDER BY platform, test_name
