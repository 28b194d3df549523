import GoLibrary
package import GoTemplate

/// What charts may ask about the cluster (`.Capabilities`).
package struct ClusterCapabilities: Sendable {
    /// The version of Kubernetes as it was given, with a leading `v`.
    package private(set) var kubeVersion: String
    package var apiVersions: [String]

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
        if numbers.isEmpty { throw invalid("could not parse \(quoted) as version") }
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
    }

    /// The numbers that a version begins with, after blanks and a `v`; what follows them does not count (`ParseGeneric` of
    /// k8s.io/apimachinery).
    private static func numbers(of text: String) -> [String] {
        var rest = text.utf8.drop { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }
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
        "v" + Self.numbers(of: kubeVersion).map { UInt64($0).map(String.init) ?? $0 }.joined(separator: ".")
    }

    var value: GoValue {
        GoValue(
            .object(
                Fields(
                    "*common.Capabilities",
                    [
                        "KubeVersion": GoValue(.object(kube)),
                        "APIVersions": GoValue(.object(VersionSetObject(apiVersions))),
                        "HelmVersion": GoValue(
                            .object(
                                Fields(
                                    "common.BuildInfo",
                                    [
                                        "Version": .string(Self.helmVersion), "GitCommit": .string(""),
                                        "GitTreeState": .string(""),
                                        "GoVersion": .string(""),
                                    ], text: Self.helmVersion))),
                    ])))
    }

    private var kube: Fields {
        let normal = plainVersion, numbers = normal.dropFirst().split(separator: ".").map(String.init)
        let (major, minor) = (numbers.first ?? "", numbers.dropFirst().first ?? "")
        return Fields(
            "common.KubeVersion",
            [
                "Version": .string(kubeVersion), "GitVersion": .string(kubeVersion), "Major": .string(major),
                "Minor": .string(minor), "String": .string(normal),
            ], text: normal)
    }
}

/// A Go struct: named fields only.
final class Fields: GoObject {
    let typeName: String
    let text: String
    private let fields: [String: GoValue]

    var kindName: String { typeName.hasPrefix("*") ? "ptr" : "struct" }

    init(_ typeName: String, _ fields: [String: GoValue], text: String? = nil) {
        (self.typeName, self.fields) = (typeName, fields)
        self.text =
            text ?? "{" + fields.sorted { $0.key < $1.key }.map { GoPrint.text($0.value) }.joined(separator: " ") + "}"
    }

    func field(_ name: String) -> GoValue? { fields[name] }
    var members: GoMap? { GoMap(fields.map { ($0, $1) }) }
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
