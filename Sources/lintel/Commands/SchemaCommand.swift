import ArgumentParser
import Catalogue
import Inputs
import Reports
import Schemas

/// `lintel schema`: the types of the Kubernetes API, offline.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "List and explain the types of the Kubernetes API, of any release.",
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)
}

extension Release: ExpressibleByArgument {
    /// Reads `1.31`, `v1.31` or `1.31.4`.
    public init?(argument: String) { self.init(argument) }
}

extension SchemaCommand {
    /// `lintel schema list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the kinds, with the releases that have them.")

        @Option(
            name: .customLong("kubernetes-version"),
            help: ArgumentHelp("Only kinds of this release.", valueName: "version"))
        var release: Release?

        @Flag(help: "Lists, reviews and other kinds that are not stored too.")
        var all = false

        func run() throws {
            let catalogue = TypeCatalogue.builtin
            var rows: [(kind: String, version: String, scope: String, releases: String)] = []
            for kind in catalogue.allKinds where all || kind.resource != nil {
                if let release, !kind.exists(in: release) { continue }
                rows.append(
                    (
                        kind.kind, kind.apiVersion, kind.isNamespaced ? "namespaced" : "cluster",
                        TypeCard.span(kind.releases)
                    ))
            }
            if rows.isEmpty {
                throw ValidationError(
                    "No kind of that release is known; known are \(TypeCard.span(catalogue.releases)).")
            }
            let widths = (rows.map(\.kind.count).max() ?? 0, rows.map(\.version.count).max() ?? 0)
            for row in rows {
                Console.print(
                    Self.padded(row.kind, widths.0) + Self.padded(row.version, widths.1) + Self.padded(row.scope, 10)
                        + row.releases + "\n")
            }
        }

        private static func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count) + 2)
        }
    }

    /// `lintel schema show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain a kind or one of its fields, as kubectl explain does.")

        @Argument(help: ArgumentHelp("As Deployment or deployments.spec.strategy.", valueName: "kind[.field]"))
        var name: String

        @Option(
            help: ArgumentHelp(
                "The group and version, such as autoscaling/v1; the preferred one by default.", valueName: "version"))
        var apiVersion: String?

        @Option(
            name: .customLong("kubernetes-version"),
            help: ArgumentHelp("The release; the newest one with the kind by default.", valueName: "version"))
        var release: Release?

        func run() throws {
            let catalogue = TypeCatalogue.builtin
            let parts = name.split(separator: ".").map(String.init)
            guard let first = parts.first, let kind = try kind(first, in: catalogue), let newest = kind.releases.last
            else {
                throw ValidationError("Name a kind, such as Deployment.")
            }
            let path = parts.dropFirst().map { $0.split(separator: "[").first.map(String.init) ?? $0 }
            let card = TypeCard(kind, path: path, release: release ?? newest, catalogue: catalogue)
            guard let text = card.text else {
                throw ValidationError(
                    "\(kind.kind) in \(kind.apiVersion) of Kubernetes \(release ?? newest) has no field \(path.joined(separator: "."))."
                )
            }
            Console.print(text)
        }

        private func kind(_ name: String, in catalogue: TypeCatalogue) throws -> KindEntry? {
            let lowered = Self.shortNames[name.lowercased()] ?? name.lowercased()
            var found = catalogue.allKinds.filter { $0.kind.lowercased() == lowered || $0.resource == lowered }
            if found.isEmpty {
                let names = catalogue.allKinds.map(\.kind)
                throw ValidationError("There is no kind \"\(name)\"\(Suggestion.text(for: name, among: names))")
            }
            if let apiVersion { found = found.filter { $0.apiVersion == apiVersion } }
            if let release { found = found.filter { $0.exists(in: release) } }
            if found.isEmpty { throw ValidationError("No \(name) of that version or release is known.") }
            // Stable versions first, then the newest.
            return found.max { left, right in
                (Self.rank(left), left.releases.last ?? left.firstRelease) < (
                    Self.rank(right), right.releases.last ?? right.firstRelease
                )
            }
        }

        /// As kubectl takes them.
        private static let shortNames = [
            "cm": "configmaps", "cj": "cronjobs", "crd": "customresourcedefinitions",
            "csr": "certificatesigningrequests",
            "deploy": "deployments", "ds": "daemonsets", "ep": "endpoints", "ev": "events",
            "hpa": "horizontalpodautoscalers", "ing": "ingresses", "limits": "limitranges", "netpol": "networkpolicies",
            "no": "nodes", "ns": "namespaces", "pc": "priorityclasses", "pdb": "poddisruptionbudgets", "po": "pods",
            "pv": "persistentvolumes", "pvc": "persistentvolumeclaims", "quota": "resourcequotas",
            "rc": "replicationcontrollers", "rs": "replicasets", "sa": "serviceaccounts", "sc": "storageclasses",
            "sts": "statefulsets", "svc": "services",
        ]

        private static func rank(_ kind: KindEntry) -> Int {
            let stability = kind.version.contains("alpha") ? 0 : kind.version.contains("beta") ? 1000 : 2000
            return stability + (Int(kind.version.dropFirst().prefix { $0.isNumber }) ?? 0)
        }
    }
}

extension KindEntry {
    fileprivate var firstRelease: Release { releases.first ?? Release(major: 1, minor: 0) }
}
