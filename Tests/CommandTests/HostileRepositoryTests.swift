import Foundation
import TestSupport
import Testing

/// Repositories that were made to get past a check, to leak, or to be changed wrongly.
@Suite struct HostileRepositoryTests {
    private let folder: TemporaryFolder
    private static let mark = "\u{FEFF}"

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> LintelRun { try LintelRun(arguments, in: folder.url) }

    private static let role = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: r}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]

        """

    /// A byte order mark hides no line of a kustomization, a patch, a resource or a component.
    @Test(arguments: [
        "ov/kustomization.yaml", "ov/patch.yaml", "base/role.yaml", "base/kustomization.yaml", "part/kustomization.yaml",
    ])
    func byteOrderMarks(_ marked: String) throws {
        let files = [
            "base/role.yaml": Self.role, "base/kustomization.yaml": "resources: [role.yaml]\n",
            "part/kustomization.yaml":
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- path: p.yaml\n",
            "part/p.yaml": "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r, labels: {a: b}}\n",
            "ov/kustomization.yaml": "resources: [../base]\ncomponents: [../part]\npatches: [{path: patch.yaml}]\n",
            "ov/patch.yaml": Self.role.replacingOccurrences(of: "[pods]", with: "[\"*\"]"),
        ]
        for (name, text) in files { try folder.write((name == marked ? Self.mark : "") + text, to: name) }
        let found = try run("check", "--only", "LT-RBAC-001", "--format", "compact", ".")
        #expect(found.code == 1 && found.output.contains("ov/patch.yaml:4:"), "\(found.output) \(found.errors)")
        let rendered = try run("render", "ov")
        #expect(rendered.output.contains("a: b") && !rendered.output.contains(Self.mark), "\(rendered.errors)")
    }

    /// Exceptions of a folder are for what stands in its files, whatever is made of them elsewhere.
    @Test func exceptionsStayInTheirFolder() throws {
        let binding = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: b}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{kind: User, name: u, apiGroup: rbac.authorization.k8s.io}]

            """
        try folder.write(binding, to: "base/b.yaml")
        try folder.write("resources: [b.yaml]\n", to: "base/kustomization.yaml")
        try folder.write("exceptions: [{policy: \"*\", reason: r}]\n", to: "base/lintel.yaml")
        try folder.write(
            "resources: [../base]\npatches:\n- patch: |-\n    - {op: replace, path: /roleRef/name, value: cluster-admin}\n  target: {kind: ClusterRoleBinding}\n",
            to: "ov/kustomization.yaml")
        let found = try run("check", "--only", "LT-RBAC-002", ".")
        #expect(found.code == 1 && found.output.contains("cluster-admin"), "\(found.output)")
        #expect(found.output.contains("  base/lintel.yaml: exceptions: 1\n"), "\(found.output)")
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.url.appendingPathComponent(name))
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.url.appendingPathComponent(name)))
    }

    private static let pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: a\n    image: nginx:1.25\n"

    @Test func imagesInOtherEncodings() throws {
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(Self.pod.utf8)
        try write(marked, to: "marked.yaml")
        #expect(try run("images", "--set-image", "nginx=1.27.3", "--fix", "marked.yaml").code == 0)
        #expect(
            try bytes("marked.yaml") == [0xEF, 0xBB, 0xBF] + Array(Self.pod.replacingOccurrences(of: "1.25", with: "1.27.3").utf8)
        )
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in Self.pod.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        try write(wide, to: "wide.yaml")
        let refused = try run("images", "--set-image", "nginx=1.27.3", "--fix", "wide.yaml")
        #expect(
            refused.code == 1 && refused.errors.contains("not changed: wide.yaml: the file is not plain UTF-8"),
            "\(refused.errors)")
        #expect(try bytes("wide.yaml") == wide)
    }

    @Test func imagesThatAreEasyToMiss() throws {
        try folder.write(
            """
            {apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: p}, spec: {image: quay.io/prom/prom:v2, containers: [{name: s, image: "side:1"}]}}
            """, to: "p.yaml")
        let found = try run("images", "--format", "csv", "p.yaml").output
        #expect(found.contains("quay.io/prom/prom:v2") && found.contains("docker.io/library/side:1"), "\(found)")
        let unknown = try run("images", "--set-image", "ngnix=1.30", "--fix", "p.yaml")
        #expect(unknown.code == 1 && unknown.errors.contains("not changed: no image ngnix is used\n"), "\(unknown.errors)")
        let digest = "sha256:" + String(repeating: "a", count: 64)
        try folder.write(Self.pod.replacingOccurrences(of: "1.25", with: "1.25@\(digest)"), to: "pinned.yaml")
        let pinned = try run("images", "--set-image", "nginx=1.27.3", "--fix", "pinned.yaml")
        #expect(pinned.code == 1 && pinned.errors.contains("its digest is that of the old tag"), "\(pinned.errors)")
    }

    /// A report that is not in order is none, and never says that an image is clean.
    @Test(arguments: [
        #"{"ArtifactName": "nginx:1.25", "Results": "x"}"#,
        #"{"ArtifactName": "nginx:1.25", "Results": [{"Vulnerabilities": "oops"}]}"#,
        #"{"ArtifactName": "nginx:1.25", "Results": [{"Vulnerabilities": [{"VulnerabilityID": 5}]}]}"#,
        #"{"matches": {}, "source": {"target": {"userInput": "nginx:1.25"}}}"#,
        #"{"matches": [{"vulnerability": {"id": "CVE-1", "severity": "Critical"}}], "source": {"target": {"userInput": "nginx:1.25"}}}"#,
    ])
    func brokenScans(_ report: String) throws {
        try folder.write(Self.pod, to: "pod.yaml")
        try folder.write(report, to: "r.json")
        let found = try run(
            "images", "--vulnerabilities", "r.json", "--fail-on", "critical", "--fail-on", "unscanned", "pod.yaml")
        #expect(found.code == 2 && found.errors.hasPrefix("error: r.json: "), "\(found.errors)")
    }

    /// Keys, and what stands in misspelt fields of a Secret, are in no difference.
    @Test(arguments: ["text", "json", "markdown", "html"])
    func differencesHideValues(_ format: String) throws {
        for (side, letter) in [("a", "A"), ("b", "B")] {
            let key = (0..<6).map { "    \(letter)\($0)LEAKEDKEYBYTES\(letter)" }.joined(separator: "\n")
            try folder.write(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: c}
                data:
                  key.pem: |
                    -----BEGIN RSA PRIVATE KEY-----
                \(key)
                    -----END RSA PRIVATE KEY-----
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: s}
                stringdata: {q: LEAK\(letter)TWO}
                dta: {q: LEAK\(letter)THREE}

                """, to: "\(side)/x.yaml")
        }
        let found = try run("diff", "--format", format, "a", "b")
        #expect(found.code == 1)
        #expect(!found.output.contains("LEAK"), "\(found.output)")
        #expect(found.output.contains("stringdata"))
    }

    /// What one side cannot build is no difference, but the comparison is not complete.
    @Test func whatCannotBeBuiltIsNotGone() throws {
        for side in ["a", "b"] { try folder.write("resources: [p.yaml]\n", to: "\(side)/kustomization.yaml") }
        try folder.write(Self.pod, to: "b/p.yaml")
        for sides in [["a", "b"], ["b", "a"]] {
            let found = try LintelRun(["diff"] + sides, in: folder.url)
            #expect(found.code == 2)
            #expect(!found.output.contains("1 added") && !found.output.contains("1 removed"), "\(found.output)")
            #expect(found.errors.contains("cannot be built in a, so that it is not compared"), "\(found.errors)")
        }
    }

    /// Reading a revision runs no program that the repository's configuration names.
    @Test func filtersOfGitDoNotRun() throws {
        try folder.write(Self.pod, to: "pod.yaml")
        try folder.write("*.yaml filter=evil\n", to: ".gitattributes")
        let path = folder.url.path
        for arguments in [
            ["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "one"],
            ["config", "filter.evil.smudge", "touch \(path)/ran; cat"],
            ["config", "filter.evil.clean", "touch \(path)/ran; cat"],
        ] {
            _ = try Tool.run("git", ["-C", path] + arguments)
        }
        try folder.write(Self.pod.replacingOccurrences(of: "1.25", with: "1.26"), to: "pod.yaml")
        let found = try run("diff", "HEAD", "pod.yaml")
        #expect(found.code == 1 && found.output.contains("1.26"), "\(found.errors)")
        _ = try run("check", "--since", "HEAD", "pod.yaml")
        #expect(!FileManager.default.fileExists(atPath: path + "/ran"))
    }

    /// A pipe among what waits to be sent holds nothing up.
    @Test func pipesInTheSpool() throws {
        try folder.write(Self.pod, to: "pod.yaml")
        try folder.write("spool: sp\ntargets: [{type: slack, url: \"http://127.0.0.1:1/\"}]\n", to: "n.yaml")
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("sp"), withIntermediateDirectories: true)
        #expect(mkfifo(folder.url.appendingPathComponent("sp/000000.json").path, 0o600) == 0)
        let found = try run("check", "--notify", "n.yaml", "--notify-dry-run", "pod.yaml")
        #expect(found.code == 1)
        let sent = try LintelRun(
            ["check", "--only", "LT-IMG-001", "--notify", "n.yaml", "pod.yaml"], in: folder.url, timeout: 60)
        #expect(sent.code == 0 && sent.errors.contains("sp/000000.json holds no request; remove it"), "\(sent.errors)")
    }
}
