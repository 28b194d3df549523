/// Writes Pods in every way that YAML and JSON allow, with the tricks that make one reader see what another does not. The
/// same seed and number make the same text.
struct ManifestTricks {
    /// SplitMix64: small, and the same on every machine.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let truths = [
        "true", "True", "TRUE", "tRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y", "no", "off", "n", "false", "'true'",
        "\"yes\"",
        "!!bool yes", "!!bool 'true'", "!!bool \"on\"", "!!str true", "! true", "! 'true'", "!local true", "~", "null", "Null",
        "!!null ''", "1", "0x1", "",
        "\"\\x74rue\"", "&t true", "!!bool &t yes", "&t !!bool no", "!<tag:yaml.org,2002:bool> on", ">-\n%IN%true", "|-\n%IN%yes",
        "!!binary dHJ1ZQ==",
    ]
    static let numbers = [
        "0", "-0", "+0", "0x0", "0X0", "0b0", "0o0", "00", "0.0", "-0.0", ".0", "0.", "0e0", "1e-400", "2e-324", "3e-324",
        "1e-323", "1e2", "1E2", "1e+2", "1_000",
        "1__0", "0_", "_0", "1_", ".5", "5.", "017", "09", "0o17", "0xFF", "0x_F", "-0x1", "+12", "0xFFFFFFFFFFFFFFFF",
        "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "1.0", "100e-2",
        "!!int 0", "!!int \"0\"", "!!int '0x0'", "!!float 0", "!!float '1'", "!!str 0", "! 0", "190:20:30", "1e400", "-1e400",
        "1e", "0x", "0b2", "1.5.2", "2001-01-01",
        "0.1e1", "123456789012345678901234567890", "1e21", "1e20", "4.35", "0.000001", "1e-7", "9007199254740993",
        "9007199254740993.0",
    ]
    static let jsonNumbers = [
        "0", "-0", "0.0", "-0.0", "0e0", "1e-400", "2e-324", "3e-324", "1e2", "1E+2", "100e-2", "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809", "18446744073709551615", "1.0", "1e21", "1e20", "4.35", "1e-7", "9007199254740993",
        "9007199254740993.0",
        "123456789012345678901234567890",
    ]
    static let merges = [
        "<<", "!!merge <<", "!!merge '<<'", "!!merge \"<<\"", "! '<<'", "! <<", "!<tag:yaml.org,2002:merge> \"\\x3c<\"", "'<<'",
        "\"<<\"", "!!str <<", "&m <<", "!local <<",
        "? <<\n%IN%", "!!merge &m '<<'",
    ]
    static let versions = ["v1", "/v1", "'v1'", "\"v1\"", "!!str v1", "\"\\x761\"", "\"/v1\"", "v1 # core", ">-\n  v1", "&v v1"]
    static let kinds = ["Pod", "'Pod'", "\"\\x50od\"", "!!str Pod", "&k Pod", "|-\n  Pod"]

    private var random: Random
    private let name: String

    /// - Parameter number: which of the manifests of the seed.
    init(seed: UInt64, number: Int) {
        random = Random(state: seed &+ UInt64(truncatingIfNeeded: number) &* 0xD1B5_4A32_D192_ED03)
        name = "d\(number)"
    }

    /// The text of a file and the suffix of its name.
    mutating func file() -> (text: String, suffix: String) {
        if Int.random(in: 0..<5, using: &random) == 0 { return (json(), Bool.random(using: &random) ? "json" : "yaml") }
        var text = ""
        if chance(20) {
            text += ["%YAML 1.1\n---\n", "--- # first\n", "---\n---\n", "# only a comment\n---\n", "...\n---\n"].randomElement(
                using: &random)!
        }
        text += chance(5) ? wrapped() : pod(name, indent: 0)
        if chance(8) { text += "\n--- \n" + pod("\(name)-b", indent: 0) }
        if chance(10) { text += "\n...\n" }
        if chance(12) { text = text.replacing("\n", with: "\r\n") }
        if chance(30) { text = "\u{FEFF}" + text }
        return (text, "yaml")
    }

    private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }
    private mutating func pick(_ list: [String], indent: Int) -> String {
        list.randomElement(using: &random)!.replacing("%IN%", with: String(repeating: " ", count: indent + 2))
    }

    /// A list, under its own name or another.
    private mutating func wrapped() -> String {
        let (version, kind) = [
            ("v1", "List"), ("v1", "PodList"), ("/v1", "PodList"), ("v1", "ConfigMap"), ("v1", "Pod"), ("v1", "Namespace"),
            ("apps/v1", "DeploymentList"),
        ].randomElement(using: &random)!
        var text =
            "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: \(name)}\n\(pick(["items", "\"items\"", "\"\\x69tems\"", "!!str items"], indent: 0)):\n"
        for index in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: text += "- {metadata: {name: \(name)-\(index)}, spec: {hostNetwork: \(flowTruth())}}\n"
            case 1: text += "- {kind: '', apiVersion: '', metadata: {name: \(name)-\(index)}}\n"
            case 2:
                text += "- apiVersion: v1\n  kind: Pod\n  metadata: {name: \(name)-\(index)}\n  spec: {hostPID: \(flowTruth())}\n"
            default: text += "-\n" + pod("\(name)-\(index)", indent: 2) + "\n"
            }
        }
        return text
    }

    private mutating func flowTruth() -> String {
        Self.truths.prefix(30).filter { !$0.isEmpty && !$0.contains("\n") }.randomElement(using: &random)!
    }

    /// A Pod in block style, each field in a way of its own.
    private mutating func pod(_ name: String, indent: Int) -> String {
        let pad = String(repeating: " ", count: indent)
        var lines = [
            "apiVersion: \(pick(Self.versions, indent: 0).replacing("\n", with: "\n" + pad))",
            "kind: \(pick(Self.kinds, indent: 0).replacing("\n", with: "\n" + pad))",
            chance(3) ? "metadata: {name: \(name), labels: {a: \(flowTruth())}}" : "metadata:\n\(pad)  name: \(name)", "spec:",
        ]
        var fields = [
            field("hostPID", pick(Self.truths, indent: indent + 2)), field("hostNetwork", pick(Self.truths, indent: indent + 2)),
            "securityContext: {runAsUser: \(Self.numbers.randomElement(using: &random)!)}",
            field("priority", Self.numbers.randomElement(using: &random)!),
        ]
        if chance(2) {
            let members =
                chance(2)
                ? "{hostIPC: \(flowTruth()), hostPID: \(flowTruth())}"
                : "[{hostIPC: \(flowTruth())}, {hostUsers: \(flowTruth()), hostIPC: 1}]"
            fields.append("\(pick(Self.merges, indent: indent)): \(members)")
        }
        if chance(4) { fields += ["x: &base {hostIPC: \(flowTruth()), a: 1}", "\(pick(Self.merges, indent: indent)): *base"] }
        if chance(4) { fields += ["y: &value \(flowTruth())", "hostUsers: *value"] }
        fields.shuffle(using: &random)
        fields.append("containers:\n\(pad)  - name: c\n\(pad)    securityContext: {privileged: \(flowTruth())}")
        lines += fields.map { "  " + $0 }
        return lines.map { pad + $0 }.joined(separator: "\n")
    }

    /// A key in one of its spellings, and its value.
    private mutating func field(_ key: String, _ value: String) -> String {
        let escaped = key.unicodeScalars.map { "\\x" + String($0.value, radix: 16) }.joined()
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return "\"\(key)\": \(value)"
        case 1: return "'\(key)' : \(value)"
        case 2: return "\"\(escaped)\": \(value)"
        case 3: return "!!str \(key): \(value)"
        case 4: return "&key\(key) \(key): \(value)"
        default: return "\(key): \(value)"
        }
    }

    private mutating func json() -> String {
        func number(_ random: inout Random) -> String { Self.jsonNumbers.randomElement(using: &random)! }
        let key = ["hostPID", "\\u0068ostPID", "host\\u0050ID"].randomElement(using: &random)!
        let truth = ["true", "false", "null", "\"true\"", "1"].randomElement(using: &random)!
        let version = ["v1", "/v1", "\\u0076\\u0031"].randomElement(using: &random)!
        let pod = """
            {"apiVersion": "\(version)", "kind": "Pod", "metadata": {"name": "\(name)"}, "spec": {"\(key)": \(truth), "priority": \(number(&random)),
             "securityContext": {"runAsUser": \(number(&random))}, "x": [\(number(&random)), \(number(&random))]}}
            """
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return "\n\t " + pod
        case 1: return "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"\\u0069tems\": [\(pod)]}"
        default: return pod
        }
    }
}
