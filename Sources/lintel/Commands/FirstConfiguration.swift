import Inputs
import Renderings

/// A first `lintel.yaml` for what is in a folder: what is found stands in it, what may be wanted as comments.
struct FirstConfiguration {
    private var charts: [String] = []
    private var kustomizations = 0
    private var kinds: [String: Int] = [:]
    private var definitions: [String] = []
    private var tests: [String] = []

    init(of folder: String) {
        var discovery = FileDiscovery()
        discovery.names = KustomizationFile.names
        let found = discovery.files(at: [folder])
        var folders: Set<String> = []
        for file in found.files {
            let name = String(FilePath.name(of: file.path)), folder = FilePath.folder(of: file.path)
            if name == "Chart.yaml" { charts.append(folder.isEmpty ? "." : folder) }
            if KustomizationFile.names.contains(name) { kustomizations += 1 }
            for part in folder.split(separator: "/") where ["testdata", "fixtures", "__tests__"].contains(part) {
                folders.insert("**/\(part)/")
            }
            if folder.split(separator: "/").contains("templates") { continue }
            for resource in ResourceReader().read(file).resources where resource.type.group != GitOpsFile.group {
                kinds[resource.type.kind, default: 0] += 1
                if resource.type.kind == "CustomResourceDefinition", !definitions.contains(folder) { definitions.append(folder) }
            }
        }
        tests = folders.sorted()
        // Charts in charts are built with the one that holds them.
        charts = charts.filter { path in !charts.contains { path != $0 && path.hasPrefix($0 + "/charts/") } }.sorted()
    }

    private var objects: Int { kinds.values.reduce(0, +) }

    /// `12 objects of 5 kinds, 2 kustomizations, 1 chart`.
    var summary: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        return [
            "\(count(objects, "object")) of \(count(kinds.count, "kind"))", count(kustomizations, "kustomization"),
            count(charts.count, "chart"),
        ].joined(separator: ", ")
    }

    var text: String {
        var text = """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/lintel/lintel/main/docs/lintel.schema.json
            # Found: \(summary).

            # Which built-in policies judge: recommended, or baseline, restricted, hardening, reliability, multi-tenant, cis-1.8, all.
            profile: recommended

            # From which severity or level on violations fail a run: critical, high, medium, low, error, warning, never.
            failOn: error

            # The release, or range of releases, that the manifests are for.
            # kubernetesVersion: "1.31-1.36"


            """
        text += "# Files that are not looked at.\n"
        text += tests.isEmpty ? "# exclude: [\"**/testdata/\"]\n" : "exclude:\n" + tests.map { "- \"\($0)\"\n" }.joined()
        if !definitions.isEmpty {
            text += "\n# Definitions of custom resources stand in the input: \(definitions.prefix(3).joined(separator: ", ")).\n"
        }
        text += "\n# Policies of your own: Rego, Gatekeeper's templates and constraints.\n# policies: [policies/]\n"
        text += "\n# Further definitions, files and folders.\n# schemas: [crds/]\n"
        if !charts.isEmpty {
            text += "\n# Values to render charts with, beside their defaults and the files of their ci folders.\n# values:\n"
            for chart in charts.prefix(5) { text += "#   \(chart):\n#     production: \(chart)/values-production.yaml\n" }
        }
        if kinds["Application"] != nil || kinds["ApplicationSet"] != nil || kinds["GitRepository"] != nil {
            text += """

                # URLs by which Argo CD or Flux name this repository, when its git remotes are others.
                # repositories: ["https://git.example.com/team/deploy.git"]

                """
        }
        return text + """

            # Policies that are not used, and severities and parameters that replace those of policies (lintel policies list).
            # skip: [LT-REL-003]
            # severity: {LT-IMG-001: high}
            # parameters: {LT-IMG-002: {exemptImages: ["registry.example.com/*"]}}

            # Other settings for some files; a lintel.yaml in a folder does the same for the files below it.
            # overrides:
            # - paths: ["legacy/**"]
            #   severity: {LT-POD-008: low}

            # Violations that are accepted.
            # exceptions:
            # - policy: LT-POD-001
            #   kind: DaemonSet
            #   name: node-agent
            #   reason: it reads the host's devices
            #   owner: platform
            #   until: "2027-06-30"

            """
    }
}
