"""Records that editors add. One entry can add a project with its roles, money, places and documents."""
