package app.access

allow if true
}
