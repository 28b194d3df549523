import Diagnostics
import Documents
import Testing

/// What plain and tagged scalars mean. The table is what `kubectl` 1.32 makes of each scalar, except that integers of 64
/// bits without a sign stay exact.
@Suite struct YAMLScalarTests {
    static let table = #"""
        y => true
        Y => true
        yes => true
        Yes => true
        YES => true
        yEs => "yEs"
        n => false
        N => false
        no => false
        on => true
        On => true
        ON => true
        off => false
        OFF => false
        true => true
        True => true
        TRUE => true
        tRUE => "tRUE"
        false => false
        ~ => null
        null => null
        Null => null
        NULL => null
        nULL => "nULL"
        0644 => 420
        0o644 => 420
        0O644 => 420
        0b101 => 5
        -0b101 => -5
        +0b101 => 5
        0B11 => 3
        0x1F => 31
        0X1f => 31
        -0x1F => -31
        +12 => 12
        012 => 10
        08 => 8
        089 => 89
        1_000 => 1000
        1__0 => 10
        _1 => "_1"
        1_ => 1
        0x_1F => 31
        0_7 => 7
        1e3 => 1000
        1E3 => 1000
        1.5e3 => 1500
        1e-7 => 1e-7
        1e21 => 1e+21
        1e20 => 100000000000000000000
        123456789012345678901234567890 => 1.2345678901234568e+29
        18446744073709551615 => 18446744073709551615
        18446744073709551616 => 18446744073709552000
        -9223372036854775808 => -9223372036854775808
        -9223372036854775809 => -9223372036854776000
        9223372036854775807 => 9223372036854775807
        9223372036854775808 => 9223372036854775808
        0xFFFFFFFFFFFFFFFF => 18446744073709551615
        0x1FFFFFFFFFFFFFFFFFF => "0x1FFFFFFFFFFFFFFFFFF"
        -0x8000000000000000 => -9223372036854775808
        1.0 => 1
        1. => 1
        .5 => 0.5
        -.5 => -0.5
        +.5 => 0.5
        .5e1 => 5
        ._5 => "._5"
        .1_2 => 0.12
        . => "."
        .. => ".."
        ...x => "...x"
        1.5.6 => "1.5.6"
        1:30 => "1:30"
        190:20:30 => "190:20:30"
        1:30.5 => "1:30.5"
        2001-01-01 => "2001-01-01"
        2001-12-14t21:59:43.10-05:00 => "2001-12-14t21:59:43.10-05:00"
        2001-12-14 21:59:43.10 -5 => "2001-12-14 21:59:43.10 -5"
        2001-1-1 1:2:3 => "2001-1-1 1:2:3"
        1e400 => "1e400"
        -1e400 => "-1e400"
        1e-400 => 0
        0.1 => 0.1
        100.0 => 100
        3.14159265358979 => 3.14159265358979
        1e => "1e"
        e3 => "e3"
        1e+3 => 1000
        1e+ => "1e+"
        + => "+"
        --1 => "--1"
        +-1 => "+-1"
        -~ => "-~"
        0. => 0
        00 => 0
        0 => 0
        -0 => 0
        +0 => 0
        -0.0 => 0
        0x => "0x"
        0b => "0b"
        0o => "0o"
        0b2 => "0b2"
        0o8 => "0o8"
        0o0_7 => 7
        1k => "1k"
        12Mi => "12Mi"
        .inf. => ".inf."
        << => "<<"
        = => "="
        !!str 123 => "123"
        !!str yes => "yes"
        !!int 12 => 12
        !!int 0x1f => 31
        !!int "12" => 12
        !!float 1 => 1
        !!float "1.5" => 1.5
        !!float 1e3 => 1000
        !!bool yes => true
        !!bool "yes" => true
        !!null ~ => null
        !!null "" => null
        !!binary aGVsbG8= => "hello"
        !!timestamp 2001-01-01 => "2001-01-01"
        !!timestamp "2001-01-01" => "2001-01-01"
        !!custom x => "x"
        !foo 12 => "12"
        ! 12 => "12"
        !<tag:yaml.org,2002:int> 7 => 7
        !<tag:yaml.org,2002:str> 7 => "7"
        "yes" => "yes"
        '1' => "1"
        "\x41\u00e9\U0001F600" => "Aé😀"
        1e1_0 => 10000000000
        0x1.8p1 => "0x1.8p1"
        .1e400 => ".1e400"
        0b1_0 => 2
        0.0000001 => 1e-7
        1e-6 => 0.000001
        0.000001 => 0.000001
        123456789.125 => 123456789.125
        5e-324 => 5e-324
        1.7976931348623157e308 => 1.7976931348623157e+308
        .e1 => ".e1"
        +.inf2 => "+.inf2"
        0777 => 511
        00o7 => "00o7"
        1_2.5 => 12.5
        1_2e3 => 12000
        -1_2 => -12
        +1_2 => 12
        NaN => "NaN"
        inf => "inf"
        Infinity => "Infinity"
        infinity => "infinity"
        .infinity => ".infinity"
        +inf => "+inf"
        -inf => "-inf"
        .0x1 => ".0x1"
        nan => "nan"
        -nan => "-nan"
        """#

    static func json(_ yaml: String) -> String {
        let stream = YAMLReader().read(SourceFile(path: "x.yaml", text: yaml))
        if let problem = stream.diagnostics.first { return "error: \(problem.message)" }
        let texts = stream.documents.map { $0.withRoot { JSONWriter.string($0, style: .init(escapesHTML: false)) } }
        return texts.joined(separator: "\n")
    }

    static var cases: [(scalar: String, json: String)] {
        table.split(separator: "\n").map { line in
            let parts = line.split(separator: " => ", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
    }

    @Test func valuesResolveAsKubectlResolvesThem() {
        #expect(Self.cases.count == 161)
        for (scalar, json) in Self.cases { #expect(Self.json("- \(scalar)\n") == "[\(json)]") }
    }

    @Test(arguments: [
        ("a:", #"{"a":null}"#), ("a: !!str", #"{"a":""}"#), ("a: !", #"{"a":""}"#), ("a: ! # c", #"{"a":""}"#),
        ("a: &x ! 12", #"{"a":"12"}"#), ("a: ! &x yes", #"{"a":"yes"}"#), ("a: &x 12", #"{"a":12}"#),
        ("a: ! 'yes'", #"{"a":"yes"}"#), ("a: !!binary |\n  aGVs\n  bG8=", #"{"a":"hello"}"#),
        ("a: !!binary /+8=", "{\"a\":\"\u{FFFD}\u{FFFD}\"}"), ("a: !!set {x, z}", #"{"a":{"x":null,"z":null}}"#),
        ("a: !!str {x: 1}", #"{"a":{"x":1}}"#), ("a: !foo [1]", #"{"a":[1]}"#),
    ]) func tagsAndEmptyValues(yaml: String, json: String) { #expect(Self.json(yaml) == json) }

    @Test(arguments: [
        ("1", "1"), ("-1", "-1"), ("0x10", "16"), ("012", "10"), ("1.5", "1.5"), ("yes", "true"), ("OFF", "false"),
        ("y", "true"), ("2001-01-01", "2001-01-01"), ("3.14159265358979", "3.1415927"), ("1e20", "1e+20"),
        ("1e-7", "1e-07"), ("1000000.5", "1.0000005e+06"), ("0.0001", "0.0001"), (".inf", ".inf"), ("-.inf", "-.inf"),
        (".nan", ".nan"), ("!!str 1", "1"), ("!!binary aGk=", "hi"), ("'yes'", "yes"), ("<<x", "<<x"), ("'<<'", "<<"),
        ("? |\n  a\n", "a\\n"), ("! 1", "1"),
    ]) func keysBecomeStrings(yaml: String, key: String) {
        #expect(Self.json(yaml + ": v") == "{\"\(key)\":\"v\"}")
    }

    @Test(arguments: [
        ("a: .inf", "infinities and NaN are not values that Kubernetes can read"),
        ("a: -.INF", "infinities and NaN are not values that Kubernetes can read"),
        ("a: .NaN", "infinities and NaN are not values that Kubernetes can read"),
        ("a: !!int abc", "'abc' is not what its tag !!int says"),
        ("a: !!int 1.5", "'1.5' is not what its tag !!int says"),
        ("a: !!bool 1", "'1' is not what its tag !!bool says"),
        ("a: !!null x", "'x' is not what its tag !!null says"),
        ("a: !!int ''", "'' is not what its tag !!int says"),
        ("a: !!float 18446744073709551615", "'18446744073709551615' is not what its tag !!float says"),
        ("a: !!timestamp 2001-02-29", "'2001-02-29' is not what its tag !!timestamp says"),
        ("a: !!binary '!!'", "the text after !!binary is not base64"),
        ("a: !!binary 'aGk'", "the text after !!binary is not base64"),
        ("~: a", "null cannot be a key"), ("? \n: a", "null cannot be a key"), ("[a]: b", "a list cannot be a key"),
        ("{a: 1}: b", "a mapping cannot be a key"),
        ("18446744073709551615: a", "an integer beyond 64 bits cannot be a key"),
    ]) func rejects(yaml: String, message: String) { #expect(Self.json(yaml) == "error: \(message)") }

    @Test(arguments: [
        "2001-01-01", "2000-02-29", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14T1:2:3Z",
        "2001-12-14 21:59:43.1",
    ]) func timestamps(text: String) { #expect(Self.json("!!timestamp \(text)") == "\"\(text)\"") }

    @Test(arguments: [
        "2001-13-01", "2001-00-01", "1900-02-29", "201-01-01", "20011-01-01", "2001-01-01T", "2001-01-01T24:00:00Z",
        "2001-01-01T00:00:00", "2001-01-01 00:00:00Z", "2001-12-14 21:59:43.10 -5",
    ]) func notTimestamps(text: String) { #expect(Self.json("!!timestamp \(text)").hasPrefix("error")) }
}
