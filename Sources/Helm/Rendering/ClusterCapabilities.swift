import GoLibrary
package import GoTemplate

/// What charts may ask about the cluster (`.Capabilities`).
package struct ClusterCapabilities: Sendable {
    /// The version of Kubernetes, with a leading `v`.
    package var kubeVersion: String
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
        let plain = text.hasPrefix("v") ? String(text.dropFirst()) : text
        guard let version = Semver(plain), plain.split(separator: ".").count >= 2 else {
            throw HelmProblem("invalid kube version '\(text)': could not parse \(GoText.quoted(text)) as version")
        }
        kubeVersion = plain.split(separator: ".").count == 2 ? "v\(version.major).\(version.minor).0" : "v" + plain
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
        let version = Semver(kubeVersion)
        let major = version.map { String($0.major) } ?? ""
        let minor = version.map { String($0.minor) } ?? ""
        let normal = "v\(major).\(minor).\(version?.patch ?? 0)"
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
