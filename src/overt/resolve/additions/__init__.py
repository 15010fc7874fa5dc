"""Records that editors add, each as one entry: for example, a project with its roles, money, places and documents."""
