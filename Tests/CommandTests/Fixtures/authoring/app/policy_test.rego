package app_test

import data.app
import rego.v1

test_allows if app.allow with input as {"replicas": 3}

test_refuses if not app.allow with input as {"replicas": 1}

test_fails if {
	value := app.limit
	value == 3
}

todo_test_later if false
