package app.access

q := {"r": 1}

p if true with data.app.access.q.r as 2
