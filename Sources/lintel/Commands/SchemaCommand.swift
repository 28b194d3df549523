import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import Inputs
import Reports
import Schemas

/// `lintel schema`: the types of the Kubernetes API, offline.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "List and explain the types of the Kubernetes API, of any release.",
        subcommands: [List.self, Show.self, Import.self], defaultSubcommand: List.self)
}

extension Release: ExpressibleByArgument {
    /// Reads `1.31`, `v1.31` or `1.31.4`.
    package init?(argument: String) { self.init(argument) }
}

extension SchemaCommand {
    /// `lintel schema list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the kinds, with the releases that have them.")

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
            commandName: "show", abstract: "Explain a kind or one of its fields, as kubectl explain does.")

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

extension SchemaCommand {
    /// `lintel schema import`.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Pack schemas of other tools into one file for --schema.",
            discussion: """
                Reads CustomResourceDefinitions, OpenAPI documents of versions 2 and 3 (kubectl get --raw /openapi/v2) \
                and JSON schemas in folders as kubeconform keeps them (GROUP/kind_version.json). Kinds that are built in \
                are left out.
                """)

        @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
        var paths: [String]

        @Option(
            name: .shortAndLong, help: ArgumentHelp("The file to write; its name ends in .schemas.", valueName: "file"))
        var output: String

        func validate() throws {
            if !output.hasSuffix(".schemas") { throw ValidationError("The name of the output must end in .schemas.") }
        }

        func run() throws {
            let found = FileDiscovery().files(at: paths)
            Console.show(found.problems, colour: .auto)
            var schemas = SchemaImport()
            var isSound = found.problems.isEmpty
            for file in found.files {
                do {
                    let source = SourceFile(path: file.path, bytes: try FileSystem.read(file.path, limit: 64 << 20))
                    let stream = YAMLReader(limits: Self.limits).read(source)
                    Console.show(stream.diagnostics, colour: .auto)
                    isSound = isSound && stream.diagnostics.isEmpty
                    for document in stream.documents { _ = schemas.read(document, path: file.path) }
                } catch {
                    Console.show([Diagnostic(reading: error)], colour: .auto)
                    isSound = false
                }
            }
            if !isSound { throw ExitCode(2) }
            if schemas.types.isEmpty { throw ValidationError("No schema of a kind that is not built in was found.") }
            do { try FileSystem.write(schemas.bytes(), to: output) } catch {
                Console.printError("error: cannot write \(error.path): \(error.reason)\n")
                throw ExitCode(2)
            }
            Console.print("\(schemas.types.count) kinds in \(output)\n")
        }

        /// OpenAPI documents are larger than manifests.
        private static var limits: DocumentLimits {
            var limits = DocumentLimits.standard
            limits.size = 64 << 20
            limits.nodes = 8_000_000
            return limits
        }
    }
}

extension KindEntry {
    fileprivate var firstRelease: Release { releases.first ?? Release(major: 1, minor: 0) }
}
