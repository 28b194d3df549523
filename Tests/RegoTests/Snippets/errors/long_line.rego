package app.access

deny contains msg if { input.field_number_0 != "some long value 0"; input.field_number_1 != "some long value 1"; input.field_number_2 != "some long value 2"; input.field_number_3 != "some long value 3"; input.field_number_4 != "some long value 4"; input.field_number_5 != "some long value 5"; input.field_number_6 != "some long value 6"; input.field_number_7 != "some long value 7"; msg := unknown_name }
