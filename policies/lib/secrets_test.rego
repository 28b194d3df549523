package lintel.lib.secrets_test

import data.lintel.lib.secrets

named(text) := {[find.name, find.value, find.line] | some find in secrets.found(text)}

test_names_that_may_be_keys_need_random_values if {
	secrets.sensitive("licence", "Zq8xW3nKp0vTb7RmYd2L")
	secrets.sensitive("salt", "Zq8xW3nKp0vTb7RmYd2L")
	not secrets.sensitive("licence", "mit")
	not secrets.sensitive("licence", "apache-licence-version-two2")
	not secrets.sensitive("licence", "aaaaaaaaaaaaaaaaaaaa1")
	not secrets.sensitive("licence_file", "Zq8xW3nKp0vTb7RmYd2L")
}

test_authorization_headers if {
	secrets.sensitive("proxy_authorization", "Basic dXNlcjpodW50ZXIyMg==")
	not secrets.sensitive("proxy_authorization", "Basic ${CREDENTIALS}")
	not secrets.sensitive("proxy_authorization", "on")
}

# A file of settings in a Secret is ordinary unless one of the settings is a credential.
test_settings_are_ordinary if {
	secrets.ordinary("app.conf", "level = info\nport = 80\n")
	not secrets.ordinary("app.conf", "level = info\npassword = hunter22x\n")
	not secrets.ordinary("app.conf", "first\nsecond\n")
}

test_a_shape_is_found_once if {
	named("access: x\ntoken: ghp_0123456789abcdef0123\n") == {["token", "ghp_0123456789abcdef0123", 1]}
	count(named("see store;AccountKey=Zq8xW3nKp0vTb7RmYd2LqP9s;b")) == 1
}

test_a_shape_without_a_name if {
	named("one\nsee ghp_0123456789abcdef0123 there\n") == {["a key", "ghp_0123456789abcdef0123", 1]}
}

test_lists_of_mappings if {
	named("- user: a\n- password: hunter22x\n") == {["password", "hunter22x", 1]}
	named("- name: DB_PASSWORD\n  value: hunter22x\n") == {["DB_PASSWORD", "hunter22x", 1]}
	named("- key: DB_PASSWORD\n  value: hunter22x\n") == {["DB_PASSWORD", "hunter22x", 1]}
	named("- one\n- two: pass\n") == set()
}

test_numbers_are_passwords_and_no_tokens if {
	named("password: 12345678\n") == {["password", "12345678", 0]}
	named("tokens: 12345678\n") == set()
}

test_settings_inside_of_scalars if {
	named("app: |\n  level=info\n  password=hunter22x\n") == {["password", "hunter22x", 2]}
}

# Escapes hide the value, the name or both from a search in the text.
test_lines_of_escaped_texts if {
	named(`{"a": 1,
"password": "hunter\u00322x"}`) == {["password", "hunter22x", 1]}
	named(`{"a": 1,
"pass\u0077ord": "hunter22x"}`) == {["password", "hunter22x", 1]}
	named(`{"a": "token",
"pass\u0077ord": "hunter\u00322x"}`) == {["password", "hunter22x", 0]}
}

test_elements_of_xml if {
	named("<property>\n<name>db.password</name>\n<value>hunter22x</value>\n</property>") == {["db.password", "hunter22x", 2]}
	named("<property>\n<name>db.level</name>\n<value>info</value>\n<!-- password -->\n</property>") == set()
}

test_settings_without_a_mark if {
	named("server here\nmasterpassword hunter22x;\n") == {["masterpassword", "hunter22x", 1]}
	named("server here\nmasterpassword required\n") == set()
}

test_quotes_and_comments_around_values if {
	named("# settings\nexport PASSWORD='hunter22x' # mine\n") == {["PASSWORD", "hunter22x", 1]}
	named("# settings\nexport PASSWORD=hunter22x, # mine\n") == {["PASSWORD", "hunter22x", 1]}
}
