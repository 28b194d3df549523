import GoLibrary
package import GoTemplate

/// What charts may ask about the cluster (`.Capabilities`).
package struct ClusterCapabilities: Sendable {
    /// The version of Kubernetes as it was given, with a leading `v`.
    package private(set) var kubeVersion: String
    package var apiVersions: [String]
    /// The numbers of the version where blanks stand before it, which then follow the `v`.
    private var givenNumbers: [String]?

    /// The versions that Helm assumes without a cluster.
    package static let standard = ClusterCapabilities(kubeVersion: "v1.37.0", apiVersions: KnownVersions.all)

    /// The version of Helm whose behaviour this is.
    static let helmVersion = "v4.3.1"

    package init(kubeVersion: String, apiVersions: [String]) {
        (self.kubeVersion, self.apiVersions) = (kubeVersion, apiVersions)
    }

    /// Sets the version of `--kube-version`.
    /// - Throws: `HelmProblem` for what is no version.
    package mutating func setKubeVersion(_ text: String) throws {
        func invalid(_ reason: String) -> HelmProblem { HelmProblem("invalid kube version '\(text)': \(reason)") }
        let quoted = GoText.quoted(text), numbers = Self.numbers(of: text)
        let hasLine = text.utf8.drop { Self.blanks.contains($0) }.contains(0x0A)
        if numbers.isEmpty || hasLine { throw invalid("could not parse \(quoted) as version") }
        if numbers.count < 2 { throw invalid("illegal version string \(quoted)") }
        if numbers[0].count > 1, numbers[0].hasPrefix("0") {
            throw invalid("illegal zero-prefixed version component \(GoText.quoted(numbers[0])) in \(quoted)")
        }
        if let number = numbers.first(where: { UInt64($0) == nil }) {
            let shown = GoText.quoted(number)
            throw invalid(
                "illegal non-numeric version component \(shown) in \(quoted): strconv.ParseUint: parsing \(shown): value out of range"
            )
        }
        kubeVersion = text.hasPrefix("v") ? text : "v" + text
        givenNumbers = numbers
    }

    private static let blanks: [UInt8] = [0x09, 0x0A, 0x0C, 0x0D, 0x20]

    /// The numbers that a version begins with, after blanks and a `v`; what follows them does not count (`ParseGeneric` of
    /// k8s.io/apimachinery).
    private static func numbers(of text: String) -> [String] {
        var rest = text.utf8.drop { blanks.contains($0) }
        if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
        var numbers: [String] = []
        while true {
            let digits = rest.prefix { $0 &- 0x30 < 10 }
            if digits.isEmpty { return numbers }
            numbers.append(String(decoding: digits, as: UTF8.self))
            rest = rest.dropFirst(digits.count)
            guard rest.first == UInt8(ascii: ".") else { return numbers }
            rest = rest.dropFirst()
        }
    }

    /// The numbers of the version alone, by which charts are compatible or not.
    var plainVersion: String {
        "v" + (givenNumbers ?? Self.numbers(of: kubeVersion)).map { UInt64($0).map(String.init) ?? $0 }.joined(separator: ".")
    }

    var value: GoValue {
        let versions = GoValue(.object(VersionSetObject(apiVersions)))
        return GoValue(
            .object(
                Fields(
                    "*common.Capabilities",
                    [
                        Fields.Field("KubeVersion", GoValue(.object(kube))), Fields.Field("APIVersions", versions),
                        Fields.Field("HelmVersion", GoValue(.object(Self.helm))),
                    ])))
    }

    private var kube: Fields {
        let normal = plainVersion, numbers = normal.dropFirst().split(separator: ".").map(String.init)
        return Fields(
            "common.KubeVersion",
            [
                Fields.Field("Version", .string(kubeVersion)), Fields.Field("normalizedVersion", .string(normal), json: nil),
                Fields.Field("Major", .string(numbers.first ?? "")),
                Fields.Field("Minor", .string(numbers.dropFirst().first ?? "")),
            ], methods: ["GitVersion": .string(kubeVersion), "String": .string(normal)], printed: normal)
    }

    /// What the build of Helm says of itself.
    private static var helm: Fields {
        let fields = [
            ("Version", "version", helmVersion), ("GitCommit", "git_commit", "c0d08d0d6d9424d4a14febb5e8a3e51b0dd00dff"),
            ("GitTreeState", "git_tree_state", "clean"), ("GoVersion", "go_version", "go1.27.2"),
            ("KubeClientVersion", "kube_client_version", "v1.37"),
        ]
        return Fields("version.BuildInfo", fields.map { Fields.Field($0, .string($2), json: $1) })
    }
}

/// A Go struct: fields in order, and methods without arguments.
final class Fields: GoObject {
    struct Field {
        var name: String
        var value: GoValue
        /// What JSON calls it; nil for a field that others do not see.
        var json: String?

        init(_ name: String, _ value: GoValue, json: String?) { (self.name, self.value, self.json) = (name, value, json) }
        init(_ name: String, _ value: GoValue) { self.init(name, value, json: name) }
    }

    let typeName: String
    let printedText: String
    private let fields: [Field]
    private let methods: [String: GoValue]

    var kindName: String { typeName.hasPrefix("*") ? "ptr" : "struct" }

    /// - Parameter printed: what its method `String` gives; nil where it has none.
    init(_ typeName: String, _ fields: [Field], methods: [String: GoValue] = [:], printed: String? = nil) {
        (self.typeName, self.fields, self.methods) = (typeName, fields, methods)
        // A template prints what a pointer points to, `%v` the pointer.
        printedText = printed ?? Self.text("", fields)
    }

    private static func text(_ typeName: String, _ fields: [Field]) -> String {
        (typeName.hasPrefix("*") ? "&{" : "{") + fields.map { GoPrint.text($0.value) }.joined(separator: " ") + "}"
    }

    var text: String { Self.text(typeName, fields) }
    var detailedText: String { "{" + fields.map { "\($0.name):\(shown($0.value, "%+v"))" }.joined(separator: " ") + "}" }
    var sourceText: String {
        "\(typeName){" + fields.map { "\($0.name):\(shown($0.value, "%#v"))" }.joined(separator: ", ") + "}"
    }

    private func shown(_ value: GoValue, _ verb: String) -> String {
        String(decoding: GoFormatter.bytes(Array(verb.utf8), [value], limit: 1 << 20), as: UTF8.self)
    }

    func field(_ name: String) -> GoValue? {
        fields.first { $0.name == name && $0.json != nil }?.value ?? methods[name]
    }

    var members: GoMap? { GoMap(fields.compactMap { field in field.json.map { ($0, field.value) } }) }
    var memberOrder: [String]? { fields.compactMap(\.json) }
}

/// `.Capabilities.APIVersions`.
final class VersionSetObject: GoObject {
    private let known: Set<String>
    private let versions: [String]

    init(_ versions: [String]) { (self.versions, known) = (versions, Set(versions)) }

    let typeName = "common.VersionSet"
    let kindName = "slice"
    var text: String { "[" + versions.joined(separator: " ") + "]" }
    var list: GoList? { GoList(versions.map { .string($0) }, .string) }
    func field(_ name: String) -> GoValue? { nil }
    func hasMethod(_ name: String) -> Bool { name == "Has" }

    func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue {
        guard arguments.count == 1, let version = arguments[0].asString else {
            throw FunctionFailure("wrong number of args for Has: want 1 got \(arguments.count)")
        }
        return .bool(known.contains(version))
    }
}
