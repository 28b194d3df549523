import Foundation
import TestSupport
import Testing

/// `lintel fix`, as a process.
@Suite struct FixTests {
    private struct Report: Decodable {
        struct Finding: Decodable { var policy: String }
        var findings: [Finding]

        var policies: [String: Int] { findings.reduce(into: [:]) { $0[$1.policy, default: 0] += 1 } }
    }

    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: a}   # flow
        spec:
          # why
          hostPID: true  # and why
          containers:
          - name: a
            image: a:1
            securityContext:
                privileged: true # oh
        """ + "\n"

    private func policies(_ folder: URL, _ arguments: [String]) throws -> [String: Int] {
        let run = try LintelRun(["check", "--plain", "--format", "json"] + arguments, in: folder, timeout: 600)
        return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).policies
    }

    @Test func showsAndWrites() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("pod.yaml")
        try folder.write(Self.pod, to: "pod.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        let arguments = ["fix", "--only", "LT-POD-001", "--only", "LT-POD-013", "pod.yaml"]

        let held = try LintelRun(arguments, in: folder.url)
        #expect(held.code == 0)
        #expect(held.output == "")
        #expect(held.errors == "0 of 2 violations can be fixed in 0 files; 2 more with --unsafe-fixes\n")

        let shown = try LintelRun(arguments + ["--unsafe-fixes"], in: folder.url)
        #expect(shown.code == 1)
        #expect(
            shown.output == """
                --- pod.yaml
                +++ pod.yaml
                @@ -3,9 +3,8 @@
                 metadata: {name: a}   # flow
                 spec:
                   # why
                -  hostPID: true  # and why
                   containers:
                   - name: a
                     image: a:1
                     securityContext:
                -        privileged: true # oh
                +        privileged: false # oh

                """)
        #expect(try String(contentsOf: file, encoding: .utf8) == Self.pod)

        let written = try LintelRun(arguments + ["--unsafe-fixes", "--write"], in: folder.url)
        #expect(written.code == 0)
        #expect(written.output == "")
        #expect(written.errors == "2 of 2 violations fixed in 1 file\n")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(
            text
                == Self.pod.replacing("  hostPID: true  # and why\n", with: "").replacing(
                    "privileged: true", with: "privileged: false"))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["pod.yaml"])
    }

    /// An anchor that gives its value to others too is left alone, and what is refused fails a run that writes.
    @Test func refusesWhatOthersUse() throws {
        let folder = try TemporaryFolder()
        let text = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - {name: a, image: a, securityContext: &s {privileged: true}}
              - {name: b, image: b, securityContext: *s}

            """
        try folder.write(text, to: "pod.yaml")
        let run = try LintelRun(["fix", "--unsafe-fixes", "--write", "--only", "LT-POD-001", "pod.yaml"], in: folder.url)
        #expect(run.code == 1)
        #expect(
            run.errors.contains("pod.yaml:6:58: LT-POD-001 privileged-container: the value has an anchor that is used elsewhere"))
        #expect(run.errors.contains("0 of 2 violations fixed"))
        #expect(try String(contentsOf: folder.url.appendingPathComponent("pod.yaml"), encoding: .utf8) == text)
    }

    /// A fix after which the API server would refuse the object is taken back.
    @Test func takesBackWhatBreaks() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}\n",
            to: "service.yaml")
        let run = try LintelRun(["fix", "--unsafe-fixes", "--only", "LT-NET-004", "service.yaml"], in: folder.url)
        #expect(run.output == "")
        #expect(run.errors.contains("afterwards LT-SCH-007 is found: nodePort may not be set"))
    }

    /// The user's policies are fixed as those of the library.
    @Test func fixesViolationsOfUserPolicies() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            # METADATA
            # scope: package
            # custom:
            #   fix: {op: add, path: metadata/labels/team, value: web}
            package team

            deny contains {"msg": "no team", "path": "metadata.labels.team"} if not input.metadata.labels.team
            """, to: "policy/team.rego")
        try folder.write("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n", to: "a.yaml")
        let run = try LintelRun(["fix", "--write", "--no-builtin", "--policy", "policy", "a.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        let text = try String(contentsOf: folder.url.appendingPathComponent("a.yaml"), encoding: .utf8)
        #expect(text == "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    team: web\n")
    }

    /// What is not judged is counted with its reason, as `check` does it, and templates are named.
    @Test func namesWhatIsNotJudged() throws {
        let folder = try TemporaryFolder()
        try folder.write("apiVersion: v2\nname: c\nversion: 1.0.0\n", to: "chart/Chart.yaml")
        try folder.write("kind: Pod\nmetadata: {name: {{ .Release.Name }}}\n", to: "chart/templates/a.yaml")
        try folder.write(Self.pod + "---\n", to: "pod.yaml")
        try folder.write("a: 1\n", to: "values.yaml")
        try folder.write("- 1\n", to: ".settings.yaml")
        let run = try LintelRun(["fix", "--plain", "--only", "LT-POD-001", "--only", "LT-POD-013", "."], in: folder.url)
        #expect(run.code == 0)
        #expect(
            run.errors == """
                0 of 2 violations can be fixed in 0 files; 2 more with --unsafe-fixes
                Skipped 2 documents: 1 empty document, 1 not a Kubernetes object.
                Skipped 2 files: 1 Helm template, 1 hidden file that is no manifest.
                  chart/templates/a.yaml: Helm template

                """)
        // A chart and a file of which nothing is judged fail although something else is judged.
        #expect(try LintelRun(["fix", "chart/templates", "pod.yaml"], in: folder.url).code == 2)
        #expect(try LintelRun(["fix", "--allow-empty", "chart/templates", "pod.yaml"], in: folder.url).code != 2)
        #expect(try LintelRun(["fix", "values.yaml"], in: folder.url).code == 2)
        #expect(try LintelRun(["fix", "--allow-empty", "values.yaml"], in: folder.url).code == 0)
    }

    /// `patch` and `git apply` make of the diff what --write makes, whatever the files end with and are called.
    @Test(arguments: [["git", "apply", "-p0"], ["patch", "--binary", "-s", "-p0"]])
    func diffIsAPatch(_ program: [String]) throws {
        let path = "/usr/bin/" + program[0]
        guard FileManager.default.isExecutableFile(atPath: path) else { return }
        let folder = try TemporaryFolder()
        let end = Self.pod.dropLast()
        let long = (0..<300).map { Self.pod.replacing("name: a", with: "name: a\($0)") }.joined(separator: "---\n")
        let files: [String: String] = [
            "a.yaml": String(end), "b c.yaml": Self.pod + "# end", "d\"e.yaml": "\u{FEFF}" + Self.pod,
            "f.yaml": String(end) + "\n\n\n", "g.yaml": Self.pod.replacing("\n", with: "\r\n"),
            "h.yaml": String(end).replacing("\n", with: "\r\n"), "i.yaml": long, "ü.yaml": Self.pod,
        ]
        for name in ["patched", "written"] { for (file, text) in files { try folder.write(text, to: "\(name)/\(file)") } }
        let arguments = ["fix", "--only", "LT-POD-001", "--only", "LT-POD-013", "--only", "LT-POD-032", "--unsafe-fixes"]
        let patched = folder.url.appendingPathComponent("patched"), written = folder.url.appendingPathComponent("written")
        let shown = try LintelRun(arguments, in: patched, timeout: 600)
        try folder.write(shown.output, to: "fix.diff")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(program.dropFirst())
        process.currentDirectoryURL = patched
        process.environment = ["GIT_CEILING_DIRECTORIES": folder.url.path, "PATH": "/usr/bin:/bin"]
        process.standardInput = try FileHandle(forReadingFrom: folder.url.appendingPathComponent("fix.diff"))
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try LintelRun(arguments + ["--write"], in: written, timeout: 600).code == 0)
        for (file, text) in files {
            let result = try Data(contentsOf: patched.appendingPathComponent(file))
            #expect(result != Data(text.utf8), "\(file)")
            let own = try Data(contentsOf: written.appendingPathComponent(file))
            #expect(result == own, "\(file)")
        }
    }

    /// The work grows with the file, not with its square: a list of many objects is one document. One that stands behind other
    /// documents is fixed too.
    @Test func manyObjectsInOneFile() throws {
        let folder = try TemporaryFolder()
        let items = (0..<1000).map {
            "- apiVersion: v1\n  kind: Pod\n  metadata: {name: a\($0)}\n  spec:\n    hostPID: true\n    containers:\n"
                + "    - name: a\n      image: a:1\n      securityContext: {privileged: true}\n"
        }
        try folder.write("a: 1\n---\napiVersion: v1\nkind: List\nitems:\n" + items.joined(), to: "list.yaml")
        let run = try LintelRun(
            ["fix", "--unsafe-fixes", "--write", "--only", "LT-POD-013", "--only", "LT-POD-001", "list.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.errors.prefix(500))")
        #expect(run.errors.hasPrefix("2000 of 2000 violations fixed in 1 file\n"))
    }

    private struct Edited: Decodable {
        struct Edit: Decodable, Equatable { var file: String, line, column, endLine, endColumn: Int, replacement: String }
        struct Finding: Decodable { var policy: String, edits: [Edit]? }
        var findings: [Finding]
    }

    /// JSON and SARIF have the changes that are verified, the unsafe ones when all are asked for.
    @Test func reportsHaveFixes() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "pod.yaml")
        let arguments = ["check", "--only", "LT-POD-001", "--only", "LT-POD-013", "pod.yaml", "--format"]
        let json = try LintelRun(arguments + ["json", "--fixes", "all"], in: folder.url)
        let findings = try JSONDecoder().decode(Edited.self, from: Data(json.output.utf8)).findings
        #expect(findings.map(\.policy) == ["LT-POD-013", "LT-POD-001"])
        #expect(
            findings.map(\.edits) == [
                [.init(file: "pod.yaml", line: 6, column: 3, endLine: 7, endColumn: 3, replacement: "")],
                [.init(file: "pod.yaml", line: 11, column: 21, endLine: 11, endColumn: 24, replacement: "fals")],
            ])
        let safe = try LintelRun(arguments + ["json", "--fixes", "safe"], in: folder.url)
        #expect(!safe.output.contains("\"edits\""))
        let sarif = try LintelRun(arguments + ["sarif", "--fixes", "all"], in: folder.url).output
        let region = "\"deletedRegion\":{\"startLine\":11,\"startColumn\":21,\"endLine\":11,\"endColumn\":24}"
        #expect(sarif.filter { !$0.isWhitespace }.contains("{\(region),\"insertedContent\":{\"text\":\"fals\"}}"))
        // Suggestions are whole lines: one that goes away, and one that changes.
        let markdown = try LintelRun(arguments + ["markdown", "--fixes", "all"], in: folder.url).output
        #expect(markdown.contains("\n  ```suggestion\n    containers:\n  ```\n"), "\(markdown)")
        #expect(markdown.contains("\n  ```suggestion\n          privileged: false # oh\n  ```\n"), "\(markdown)")
        let gitLab = try LintelRun(arguments + ["gitlab", "--fixes", "all"], in: folder.url).output
        #expect(gitLab.contains(#""body": "```suggestion:-0+0\n        privileged: false # oh\n```\n""#), "\(gitLab)")
        // A report that was saved has them too.
        try folder.write(json.output, to: "saved.json")
        let converted = try LintelRun(["report", "convert", "saved.json", "--format", "sarif"], in: folder.url).output
        #expect(converted.filter { !$0.isWhitespace }.contains("{\(region),\"insertedContent\":{\"text\":\"fals\"}}"))
        try folder.write("something else\n", to: "pod.yaml")
        #expect(
            !(try LintelRun(["report", "convert", "saved.json", "--format", "sarif"], in: folder.url).output.contains("\"fixes\""))
        )
        #expect(try LintelRun(arguments + ["text", "--fixes", "all"], in: folder.url).code == 64)
        #expect(try LintelRun(arguments + ["json", "--fixes", "all", "--mutated"], in: folder.url).code == 64)
    }

    /// What `fix` of a policy does not say clearly is never taken for safe.
    @Test(arguments: [
        "{op: remove, path: spec, unsafe: \"yes\"}", "{op: remove, path: spec, unsave: true}", "{op: remove, path: //}",
    ])
    func refusesUnclearFixes(_ fix: String) throws {
        let folder = try TemporaryFolder()
        let head = "# METADATA\n# scope: package\n# custom:\n#   fix: \(fix)\npackage team\n\n"
        try folder.write(head + "deny contains \"no\" if input.spec\n", to: "team.rego")
        try folder.write(Self.pod, to: "pod.yaml")
        let run = try LintelRun(["fix", "--no-builtin", "--policy", "team.rego", "pod.yaml"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("team.rego:4:10: error: fix is"))
    }

    @Test func nothingIsNoSuccess() throws {
        let folder = try TemporaryFolder()
        try folder.write("a: 1\n", to: "a.yaml")
        #expect(try LintelRun(["fix", "a.yaml"], in: folder.url).code == 2)
        #expect(try LintelRun(["fix", "missing.yaml"], in: folder.url).code == 2)
    }

    /// Manifests of real projects stay manifests: nothing that the catalogue of types refuses comes up.
    @Test(.enabled(if: manifests != nil, "no manifests of other projects"))
    func realManifestsStayValid() throws {
        let folder = try TemporaryFolder()
        let copy = folder.url.appendingPathComponent("manifests")
        try FileManager.default.copyItem(at: try #require(Self.manifests), to: copy)
        let types = ["--profile", "all", "--max-findings", "0"]
        let before = try policies(copy, types)
        let run = try LintelRun(["fix", "--unsafe-fixes", "--write", "--profile", "all"], in: copy, timeout: 600)
        #expect(run.errors.contains("violations fixed in"), "\(run.errors.suffix(400))")
        let after = try policies(copy, types)
        for (policy, count) in after { #expect(count <= before[policy, default: 0], "\(policy)") }
    }

    private static let manifests: URL? = ConformanceData.folder.map { folder in
        folder.deletingLastPathComponent().appendingPathComponent("data/manifests")
    }.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

    /// The example before and after: what has a fix is gone, nothing comes, and a second run changes nothing.
    @Test(arguments: [["recommended"], ["all"]])
    func shop(_ profiles: [String]) throws {
        let folder = try TemporaryFolder()
        let shop = folder.url.appendingPathComponent("shop")
        try FileManager.default.copyItem(at: HardenedExamplesTests.examples.appendingPathComponent("shop"), to: shop)
        let profile = profiles.flatMap { ["--profile", $0] }
        let before = try policies(shop, profile)
        let run = try LintelRun(["fix", "--unsafe-fixes", "--write"] + profile, in: shop)
        #expect(run.code != 2)
        let after = try policies(shop, profile)
        #expect(after.values.reduce(0, +) < before.values.reduce(0, +))
        for (policy, count) in after { #expect(count <= before[policy, default: 0], "\(policy)") }
        for policy in ["LT-POD-001", "LT-POD-066", "LT-POD-035"] { #expect(after[policy] == nil, "\(policy)") }
        let again = try LintelRun(["fix", "--unsafe-fixes"] + profile, in: shop)
        #expect(again.output == "")
        #expect(again.code == 0)
    }
}
