SELECT platform, test_name FROM platform_tests
