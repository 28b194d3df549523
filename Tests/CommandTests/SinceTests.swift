import Foundation
import Testing

/// `--since` and `--against` on repositories of git.
@Suite struct SinceTests {
    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}

        """
    private static let service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80}]}

        """

    private func repository() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "a/pod.yaml")
        try folder.write(Self.service, to: "b/service.yaml")
        try folder.write(Self.pod.replacing("web", with: "old"), to: "old/pod.yaml")
        for arguments in [
            ["init", "-q", "."], ["add", "-A"], ["-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", "one"],
        ] {
            let run = try Tool.run("git", arguments, in: folder.url)
            #expect(run.code == 0, "\(run.errors)")
        }
        return folder
    }

    private static let only = ["--only", "LT-POD-001", "--only", "LT-REF-002", "--format", "compact"]

    /// Files may be named from a folder below.
    @Test(arguments: [[".."], ["../a"], ["../a/pod.yaml", "../old"], ["pod.yaml", "../b", "."]])
    func sinceFromBelow(_ paths: [String]) throws {
        let folder = try repository()
        let arguments = ["check"] + paths + ["--since", "HEAD", "--only", "LT-POD-001"]
        let run = try LintelRun(arguments, in: folder.url.appendingPathComponent("old"))
        #expect(run.code == 0, "\(run.output) \(run.errors)")
    }

    /// A run that is told to end takes the files of the other state with it.
    @Test func removesItsFilesWhenItIsEnded() throws {
        let folder = try repository(), shim = try TemporaryFolder(), scratch = try TemporaryFolder()
        let git = try #require(
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/git" }.first {
                FileManager.default.isExecutableFile(atPath: $0)
            })
        try folder.write(Self.pod.replacing("web", with: "other"), to: "a/pod.yaml")
        try shim.write(
            """
            #!/bin/sh
            case "$*" in *checkout-index*) touch '\(shim.url.path)/reached'; exec sleep 20;; esac
            exec \(git) "$@"
            """, to: "git")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: shim.url.path + "/git")
        let process = Process()
        process.executableURL = LintelRun.program
        process.arguments = ["check", ".", "--since", "HEAD"] + Self.only
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PATH": "\(shim.url.path):/usr/bin:/bin", "TMPDIR": scratch.url.path]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { if process.isRunning { process.interrupt() } }
        let end = Date().addingTimeInterval(60)
        while !FileManager.default.fileExists(atPath: shim.url.path + "/reached"), Date() < end { usleep(20_000) }
        #expect(!(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)).isEmpty)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGTERM)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
    }

    @Test(arguments: ["--since", "--against"])
    func nothingChanged(_ option: String) throws {
        let folder = try repository()
        let run = try LintelRun(["check", ".", option, "HEAD"] + Self.only, in: folder.url)
        #expect(run.code == 0 && run.output == "", "\(run.output)\(run.errors)")
    }

    /// A Service loses its Pod because of a change in another file.
    @Test(arguments: ["--since", "--against"])
    func causedElsewhere(_ option: String) throws {
        let folder = try repository()
        try folder.write(Self.pod.replacing("labels: {app: web}", with: "labels: {app: wob}"), to: "a/pod.yaml")
        let run = try LintelRun(["check", ".", option, "HEAD"] + Self.only, in: folder.url)
        #expect(run.code == 1)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].hasPrefix("b/service.yaml:4:"), "\(run.output)")
        #expect(try LintelRun(["check", "."] + Self.only, in: folder.url).output.split(separator: "\n").count == 3)
    }

    @Test func newFileAndDeletedOne() throws {
        let folder = try repository()
        try folder.write(Self.pod.replacing("name: web", with: "name: new"), to: "new/pod.yaml")
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("old"))
        let run = try LintelRun(["check", ".", "--since", "HEAD", "--format", "json", "--only", "LT-POD-001"], in: folder.url)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let findings = try #require(report["findings"] as? [[String: Any]])
        #expect(findings.map { $0["file"] as? String } == ["new/pod.yaml"])
        let comparison = try #require(report["comparison"] as? [String: Any])
        #expect((comparison["unchanged"] as? [Any])?.count == 1)
        #expect((comparison["fixed"] as? [[String: Any]])?.map { $0["file"] as? String } == ["old/pod.yaml"])
    }

    /// A finding that says what several policies find is another one when it says more.
    @Test func moreThanWasWrittenDown() throws {
        let folder = try TemporaryFolder()
        func pod(_ context: String) -> String {
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: c, image: x, securityContext: {\(context)}}\n"
        }
        let rest = "capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}"
        let only = ["--only", "LT-POD-066"]
        try folder.write(pod("runAsNonRoot: true, allowPrivilegeEscalation: false, \(rest)"), to: "p.yaml")
        #expect(try LintelRun(["baseline", "create", "--output", "b.json", "p.yaml"] + only, in: folder.url).code == 0)
        #expect(try LintelRun(["check", "--baseline", "b.json", "p.yaml"] + only, in: folder.url).code == 0)
        try folder.write(pod("runAsNonRoot: false, allowPrivilegeEscalation: false, \(rest)"), to: "p.yaml")
        #expect(try LintelRun(["check", "--baseline", "b.json", "p.yaml"] + only, in: folder.url).code == 1)
        try folder.write(
            pod("runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, \(rest)"), to: "p.yaml")
        #expect(try LintelRun(["check", "--baseline", "b.json", "p.yaml"] + only, in: folder.url).code == 0)
    }

    /// Only what git knows to be the same needs no comparison.
    @Test func whatGitDoesNotLookAt() throws {
        let folder = try repository()
        try folder.write("made/\n", to: ".gitignore")
        for arguments in [
            ["add", "-A"], ["-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", "two"],
            ["update-index", "--assume-unchanged", "b/service.yaml"],
        ] {
            #expect(try Tool.run("git", arguments, in: folder.url).code == 0)
        }
        let bad = Self.pod.replacing("name: web", with: "name: other")
        try folder.write(bad, to: "made/pod.yaml")
        try folder.write(Self.service + "---\n" + bad.replacing("other", with: "hidden"), to: "b/service.yaml")
        let run = try LintelRun(["check", ".", "--since", "HEAD"] + Self.only, in: folder.url)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2, "\(run.output)")
        #expect(lines.contains { $0.hasPrefix("made/pod.yaml:") } && lines.contains { $0.hasPrefix("b/service.yaml:") })
    }

    /// A submodule that is as it was has nothing new; its files are those of another repository.
    @Test func submodules() throws {
        let folder = try TemporaryFolder(), other = try repository()
        let identity = ["-c", "user.name=n", "-c", "user.email=e@x", "-c", "protocol.file.allow=always"]
        try folder.write(Self.pod, to: "a/pod.yaml")
        for arguments in [
            ["init", "-q", "."], ["submodule", "add", "-q", other.url.path, "sub"], ["add", "-A"], ["commit", "-qm", "one"],
        ] {
            let run = try Tool.run("git", identity + arguments, in: folder.url)
            #expect(run.code == 0, "\(run.errors)")
        }
        let same = try LintelRun(["check", ".", "--since", "HEAD"] + Self.only, in: folder.url)
        #expect(same.code == 0 && same.output.isEmpty, "\(same.output)\(same.errors)")
        try folder.write(Self.pod.replacing("name: web", with: "name: new"), to: "sub/new.yaml")
        let more = try LintelRun(["check", ".", "--since", "HEAD"] + Self.only, in: folder.url)
        #expect(more.output.contains("sub/new.yaml:"), "\(more.output)")
    }

    /// What an ApplicationSet of this repository leads to is built on both sides, though the copy of a revision has no remotes.
    @Test(arguments: ["--since", "--against"])
    func applicationsOfARevision(_ option: String) throws {
        let folder = try TemporaryFolder()
        let address = "https://git.example/team/repository.git"
        try folder.write(
            """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: all, namespace: argocd}
            spec:
              generators: [{git: {repoURL: \(address), revision: HEAD, directories: [{path: "apps/*"}]}}]
              template:
                metadata: {name: "{{path.basename}}"}
                spec:
                  source: {repoURL: \(address), targetRevision: HEAD, path: "{{path}}"}
                  destination: {server: https://kubernetes.default.svc, namespace: "{{path.basename}}"}

            """, to: "set.yaml")
        try folder.write("resources: [pod.yaml]\n", to: "apps/one/kustomization.yaml")
        try folder.write(Self.pod.replacing("namespace: shop, ", with: ""), to: "apps/one/pod.yaml")
        for arguments in [
            ["init", "-q", "."], ["remote", "add", "origin", address], ["add", "-A"],
            ["-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", "one"],
        ] {
            #expect(try Tool.run("git", arguments, in: folder.url).code == 0)
        }
        try folder.write("resources: [pod.yaml]\n# changed\n", to: "apps/one/kustomization.yaml")
        let run = try LintelRun(["check", ".", option, "HEAD", "--only", "LT-POD-001"], in: folder.url)
        #expect(run.code == 0 && run.output.contains("No violations, 1 unchanged and 0 fixed since HEAD"), "\(run.output)")
        #expect(run.output.contains("1 of them as Argo CD"), "\(run.output)")
    }

    /// An exception that goes away brings its violation back, and one that comes is no fix.
    @Test func exceptionsChange() throws {
        let folder = try repository()
        try folder.write(Self.pod.replacing("spec: {", with: "# lintel:ignore LT-POD-001\nspec: {"), to: "a/pod.yaml")
        let run = try LintelRun(["check", ".", "--against", "HEAD", "--only", "LT-POD-001"], in: folder.url)
        #expect(run.output.contains("No violations, 1 suppressed, 1 unchanged and 0 fixed since HEAD"), "\(run.output)")
        _ = try Tool.run("git", ["-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qam", "two"], in: folder.url)
        try folder.write(Self.pod, to: "a/pod.yaml")
        let back = try LintelRun(
            ["check", ".", "--since", "HEAD", "--only", "LT-POD-001"] + ["--format", "compact"], in: folder.url)
        #expect(back.code == 1 && back.output.hasPrefix("a/pod.yaml:4:"), "\(back.output)")
    }

    @Test func folders() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "before/pod.yaml")
        try folder.write(Self.pod, to: "after/pod.yaml")
        try folder.write(Self.pod.replacing("name: web", with: "name: new"), to: "after/x/pod.yaml")
        let run = try LintelRun(["check", "after", "--against", "before"] + Self.only, in: folder.url)
        #expect(run.code == 1)
        #expect(run.output.split(separator: "\n").count == 1 && run.output.hasPrefix("after/x/pod.yaml:"), "\(run.output)")
    }

    @Test(arguments: ["nothing", "-x", "HEAD^{blob}", "--upload-pack=x"])
    func noRevision(_ name: String) throws {
        let folder = try repository()
        let run = try LintelRun(["check", ".", "--since=\(name)"], in: folder.url)
        #expect(run.code == 2 || run.code == 64)
        #expect(run.output == "")
    }

    /// Hooks and monitors of the repository do not run.
    @Test func nothingRuns() throws {
        let folder = try repository()
        let script = "#!/bin/sh\ntouch \(folder.url.path)/ran\n"
        for name in ["post-checkout", "post-index-change", "reference-transaction", "fsmonitor"] {
            let path = ".git/hooks/\(name)"
            try folder.write(script, to: path)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: folder.url.appendingPathComponent(path).path)
        }
        _ = try Tool.run("git", ["config", "core.fsmonitor", "\(folder.url.path)/.git/hooks/fsmonitor"], in: folder.url)
        _ = try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("ran"))
        let run = try LintelRun(["check", ".", "--since", "HEAD"] + Self.only, in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("ran").path))
    }
}
