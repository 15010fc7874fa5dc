"""The desk: where editors at this machine settle who is who. Off unless it is asked for; readers never meet it."""
