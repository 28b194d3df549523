import Foundation
import Testing

/// What is left out is said, and a run on nothing, also in part, is no success.
@Suite struct SkipTests {
    private let folder: TemporaryFolder
    static let pod = HostileInputTests.good

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("package p\n\ndeny contains \"a pod\" if input.kind == \"Pod\"\n", to: "policy/p.rego")
        try folder.write(Self.pod, to: "good/pod.yaml")
    }

    private func check(_ arguments: String...) throws -> LintelRun {
        try LintelRun(["check", "--no-builtin", "--policy", "policy", "--fail-on", "never"] + arguments, in: folder.url)
    }

    /// The lines of the text report after the findings, without the first, which has figures of the run.
    private func summary(_ run: LintelRun) -> String {
        let lines = run.stableOutput.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0.contains(" Checked ") } ?? lines.startIndex
        return lines[lines.index(after: start)...].joined(separator: "\n")
    }

    @Test func summary() throws {
        try folder.write(
            "---\n---\na: 1\n---\n[1]\n---\nresources: []\napiVersion: kustomize.config.k8s.io/v1beta1\n", to: "in/a.yaml")
        try folder.write(Self.pod, to: "in/.hidden/pod.yaml")
        try folder.write("[*]\n", to: "in/.editor.yaml")
        try folder.write(Self.pod, to: "in/.pod.yaml")
        try folder.write(Self.pod, to: "in/.yaml")
        try folder.write(Self.pod, to: "in/.git/pod.yaml")
        try #require(mkfifo(folder.url.appendingPathComponent("in/pipe.yaml").path, 0o600) == 0)
        try #require(mkfifo(folder.url.appendingPathComponent("in/pipe").path, 0o600) == 0)
        let run = try check("in")
        #expect(run.code == 0, "\(run.errors)")
        #expect(
            summary(run) == """
                Skipped 4 documents: 1 empty document, 1 not an object, 1 not a Kubernetes object, 1 kustomization.
                Skipped 3 files: 1 hidden file that is no manifest, 1 hidden folder, 1 pipe, socket or device.
                  in/pipe.yaml: pipe, socket or device

                """)
        #expect(run.output.contains("2 violations (2 high)"))
        let json = try check("--format", "json", "in")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let counts = try #require((report["summary"] as? [String: Any])?["skippedByReason"] as? [String: Int])
        #expect(
            counts == [
                "empty": 1, "not-object": 1, "not-kubernetes": 1, "kustomization": 1, "hidden-file": 1, "hidden-folder": 1,
                "special-file": 1,
            ])
        let files = (report["skipped"] as? [[String: Any]] ?? []).compactMap { $0["file"] as? String }
        #expect(files.contains("in/.hidden") && files.contains("in/.editor.yaml") && files.contains("in/pipe.yaml"))
    }

    /// A broken file that may hold an object is an error, hidden or not.
    @Test func brokenHiddenManifest() throws {
        try folder.write("apiVersion: v1\nkind: Pod\nmetadata: [\n", to: "good/.pod.yaml")
        let run = try check("good")
        #expect(run.code == 2)
        #expect(run.errors.contains("good/.pod.yaml:"))
    }

    /// Settings of other tools with comments are no manifests; a broken manifest is an error.
    @Test func invalidJSON() throws {
        try folder.write("{\n  // comment\n  \"compilerOptions\": {},\n}\n", to: "good/tsconfig.json")
        try folder.write("// comment\n{\"a\": [1,}\n", to: "good/more.json")
        let run = try check("good")
        #expect(run.code == 0, "\(run.errors)")
        #expect(summary(run).contains("Skipped 2 files: 2 invalid JSON that is no manifest."))
        #expect(try check("--fail-on-skip", "invalid-json", "good").code == 2)
        #expect(try check("good/tsconfig.json").code == 2)
    }

    @Test(arguments: [
        "{\"apiVersion\": \"v1\",, \"a\": 1}", "{\"kind\": \"Pod\",, \"metadata\": {}}",
        "{\"\\u0061piVersion\": \"v1\", \"\\u006bind\": [}",
    ])
    func brokenManifest(text: String) throws {
        try folder.write(text, to: "good/pod.json")
        let run = try check("good")
        #expect(run.code == 2)
        #expect(run.errors.contains("good/pod.json:"))
    }

    @Test func failOnSkip() throws {
        try folder.write("a: 1\n", to: "good/values.yaml")
        #expect(try check("good").code == 0)
        #expect(try check("--fail-on-skip", "helm-template", "good").code == 0)
        let run = try check("--fail-on-skip", "helm-template", "--fail-on-skip", "not-kubernetes", "good")
        #expect(run.code == 2)
        #expect(run.errors == "error: skipped although not-kubernetes must not be: good/values.yaml:1 [skipped]\n")
        #expect(try check("--fail-on-skip", "values", "good").code == 64)
        try folder.write("failOnSkip: [not-kubernetes]\n", to: "lintel.yaml")
        #expect(try check("good").code == 2)
        try folder.write("failOnSkip: [not-kubernets]\n", to: "lintel.yaml")
        #expect(try check("good").errors.contains("did you mean \"not-kubernetes\"?"))
    }

    @Test func namedFiles() throws {
        try folder.write("a: 1\n", to: "values.yaml")
        try folder.write("", to: "empty.yaml")
        let none = try check("values.yaml", "empty.yaml", "good")
        #expect(none.code == 2)
        #expect(
            none.errors == """
                error: no Kubernetes object was found in what was named: values.yaml, empty.yaml [nothing_evaluated]
                  hint: --allow-empty accepts that

                """)
        #expect(
            summary(none).contains("  empty.yaml: empty document\n")
                && summary(none).contains("  values.yaml: not a Kubernetes object\n"))
        #expect(try check("--allow-empty", "values.yaml", "empty.yaml", "good").code == 0)
        let some = try check("values.yaml", "good/pod.yaml")
        #expect(some.code == 0)
        #expect(summary(some).contains("  values.yaml: not a Kubernetes object\n"))
    }

    @Test func allowEmpty() throws {
        try folder.write("a: 1\n", to: "values.yaml")
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("none"), withIntermediateDirectories: true)
        for path in ["values.yaml", "none"] {
            #expect(try check(path).code == 2)
            let run = try check("--allow-empty", path)
            #expect(run.code == 0)
            #expect(run.errors == "")
            #expect(run.output.hasPrefix("Nothing was evaluated. Checked 0 resources in "))
        }
        #expect(try check("--allow-empty", "missing.yaml").code == 2)
        #expect(try check("--allow-empty", "--skip", "p.deny", "good").code == 2)
        #expect(try LintelRun(["audit-log", "--allow-empty"], in: folder.url, input: "").code == 0)
    }

    /// Names that cannot be opened as text, and paths that are too long, are errors where they may hold manifests.
    @Test func unreadableNames() throws {
        func make(_ name: [UInt8], isFolder: Bool) throws {
            let path = Array(folder.url.path.utf8) + Array("/odd/".utf8) + name + [0]
            try FileManager.default.createDirectory(
                at: folder.url.appendingPathComponent("odd"), withIntermediateDirectories: true)
            let made = path.withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    isFolder ? mkdir($0.baseAddress!, 0o755) : Int32(creat($0.baseAddress!, 0o644))
                }
            }
            try #require(made >= 0)
        }
        try folder.write(Self.pod, to: "odd/pod.yaml")
        try make([0x61, 0xFF], isFolder: false)
        #expect(try check("odd").code == 0)
        try make(Array("b".utf8) + [0xFF] + Array(".yaml".utf8), isFolder: false)
        try make([0x63, 0xFE], isFolder: true)
        let run = try check("odd")
        #expect(run.code == 2)
        #expect(
            run.errors == """
                error: cannot read odd/b\u{FFFD}.yaml: the name is not UTF-8; rename it [file_error]
                error: cannot read odd/c\u{FFFD}: the name is not UTF-8; rename it [file_error]

                """)
        #expect(run.output.contains("odd/pod.yaml:"))
    }

    @Test func pathsThatAreTooLong() throws {
        var handle = open(folder.url.path, O_RDONLY)
        let name = String(repeating: "d", count: 200)
        for _ in 0..<25 {
            try #require(mkdirat(handle, name, 0o755) == 0)
            let next = openat(handle, name, O_RDONLY)
            close(handle)
            handle = next
        }
        let file = openat(handle, "pod.yaml", O_CREAT | O_WRONLY, 0o644)
        close(file)
        close(handle)
        defer {
            let remove = Process()
            remove.executableURL = URL(fileURLWithPath: "/bin/rm")
            remove.arguments = ["-rf", folder.url.path]
            if (try? remove.run()) != nil { remove.waitUntilExit() }
        }
        let run = try check(".")
        #expect(run.code == 2)
        #expect(run.errors.contains("File name too long"), "\(run.errors)")
    }
}
