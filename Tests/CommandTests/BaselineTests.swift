import Foundation
import Testing

/// What makes two findings the same, baselines, and comparisons with other states.
@Suite struct BaselineTests {
    private static let container = "      - {name: web, image: x, securityContext: {privileged: true}}\n"
    private static func deployment(
        _ name: String = "web", namespace: String = "shop", containers: String = container, head: String = ""
    ) -> String {
        """
        \(head)apiVersion: apps/v1
        kind: Deployment
        metadata: {name: \(name), namespace: \(namespace)}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
        \(containers)
        """
    }

    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var before: [String: String]
        var after: [String: String]
        var new: Int
        var gone = 0
    }

    private static let plain = ["a.yaml": deployment()]
    private static let two = container + container.replacing("web", with: "side")
    private static let role = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: r}
        rules:
        - {apiGroups: [""], resources: [pods], verbs: ["*"]}

        """

    static let changes: [Change] = [
        Change(testDescription: "nothing", before: plain, after: plain, new: 0),
        Change(testDescription: "lines above", before: plain, after: ["a.yaml": deployment(head: "# one\n# two\n\n")], new: 0),
        Change(testDescription: "a mark before", before: plain, after: ["a.yaml": deployment(head: "---\n")], new: 0),
        Change(
            testDescription: "another document before", before: plain,
            after: ["a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n" + deployment()], new: 0),
        Change(
            testDescription: "keys in another order", before: plain,
            after: ["a.yaml": deployment(containers: "      - {securityContext: {privileged: true}, image: x, name: web}\n")],
            new: 0),
        Change(
            testDescription: "block style", before: plain,
            after: [
                "a.yaml": deployment(
                    containers: "      - name: web\n        image: x\n        securityContext:\n          privileged: true\n")
            ], new: 0),
        Change(
            testDescription: "quotes", before: plain,
            after: [
                "a.yaml": deployment(containers: "      - {\"name\": 'web', image: x, securityContext: {privileged: true}}\n")
            ], new: 0),
        Change(
            testDescription: "a comment", before: plain, after: ["a.yaml": deployment(containers: "      # why\n" + container)],
            new: 0),
        Change(
            testDescription: "another value beside", before: plain,
            after: ["a.yaml": deployment().replacing("replicas: 2", with: "replicas: 3")], new: 0),
        Change(
            testDescription: "another image", before: plain,
            after: ["a.yaml": deployment().replacing("image: x", with: "image: y")], new: 0),
        Change(
            testDescription: "a label", before: plain,
            after: ["a.yaml": deployment().replacing("namespace: shop}", with: "namespace: shop, labels: {a: b}}")], new: 0),
        Change(testDescription: "a renamed file", before: plain, after: ["b.yaml": deployment()], new: 0),
        Change(testDescription: "a moved file", before: plain, after: ["x/y/a.yaml": deployment()], new: 0),
        Change(
            testDescription: "a file split in two", before: ["a.yaml": deployment() + "---\n" + deployment("api")],
            after: ["b.yaml": deployment(), "c.yaml": deployment("api")], new: 0),
        Change(
            testDescription: "two files in one", before: ["b.yaml": deployment(), "c.yaml": deployment("api")],
            after: ["a.yaml": deployment() + "---\n" + deployment("api")], new: 0),
        Change(
            testDescription: "documents in another order", before: ["a.yaml": deployment() + "---\n" + deployment("api")],
            after: ["a.yaml": deployment("api") + "---\n" + deployment()], new: 0),
        Change(
            testDescription: "a sound container before", before: plain,
            after: ["a.yaml": deployment(containers: "      - {name: first, image: x}\n" + container)], new: 0),
        Change(
            testDescription: "a sound container behind", before: plain,
            after: ["a.yaml": deployment(containers: container + "      - {name: last, image: x}\n")], new: 0),
        Change(
            testDescription: "containers in another order", before: ["a.yaml": deployment(containers: two)],
            after: ["a.yaml": deployment(containers: container.replacing("web", with: "side") + container)], new: 0),
        Change(
            testDescription: "JSON in place of YAML",
            before: [
                "a.json":
                    "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\",\"securityContext\":{\"privileged\":true}}]}}"
            ],
            after: [
                "a.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}\n"
            ], new: 0),
        Change(
            testDescription: "another version of the API", before: ["a.yaml": role],
            after: ["a.yaml": role.replacing("verbs: [\"*\"]}", with: "verbs: [\"*\"]} # all")], new: 0),
        Change(
            testDescription: "an item of a List",
            before: [
                "a.yaml":
                    "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}}\n"
            ],
            after: [
                "a.yaml":
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}\n"
            ], new: 0),
        Change(
            testDescription: "a rule before, in a list without names", before: ["a.yaml": role],
            after: [
                "a.yaml": role.replacing(
                    "rules:\n", with: "rules:\n- {apiGroups: [apps], resources: [deployments], verbs: [get]}\n")
            ], new: 0),
        Change(
            testDescription: "an anchor", before: plain,
            after: ["a.yaml": deployment(containers: "      - {name: web, image: x, securityContext: &s {privileged: true}}\n")],
            new: 0),
        // New ones.
        Change(testDescription: "a second container", before: plain, after: ["a.yaml": deployment(containers: two)], new: 1),
        Change(
            testDescription: "a second container before", before: plain,
            after: ["a.yaml": deployment(containers: container.replacing("web", with: "a") + container)], new: 1),
        Change(
            testDescription: "an init container", before: plain,
            after: [
                "a.yaml": deployment().replacing(
                    "      containers:",
                    with: "      initContainers:\n" + container.replacing("web", with: "init").dropLast() + "\n      containers:")
            ], new: 1),
        Change(
            testDescription: "another container in its place", before: plain,
            after: ["a.yaml": deployment(containers: container.replacing("web", with: "api"))], new: 1, gone: 1),
        Change(
            testDescription: "a second object", before: plain, after: ["a.yaml": deployment() + "---\n" + deployment("api")],
            new: 1),
        Change(
            testDescription: "an object in another namespace", before: plain,
            after: ["a.yaml": deployment() + "---\n" + deployment(namespace: "other")], new: 1),
        Change(
            testDescription: "a second object in another file", before: plain,
            after: ["a.yaml": deployment(), "b.yaml": deployment("api")], new: 1),
        Change(
            testDescription: "a copy in another file", before: plain, after: ["a.yaml": deployment(), "b.yaml": deployment()],
            new: 1),
        Change(
            testDescription: "fixed here, the same in another file", before: plain,
            after: ["a.yaml": deployment().replacing("privileged: true", with: "privileged: false"), "b.yaml": deployment()],
            new: 1, gone: 1),
        Change(
            testDescription: "another kind", before: plain,
            after: ["a.yaml": deployment().replacing("kind: Deployment", with: "kind: StatefulSet")], new: 1, gone: 1),
        Change(testDescription: "another name", before: plain, after: ["a.yaml": deployment("api")], new: 1, gone: 1),
        Change(
            testDescription: "a rule more, in a list without names", before: ["a.yaml": role],
            after: ["a.yaml": role + "- {apiGroups: [apps], resources: [deployments], verbs: [\"*\"]}\n"], new: 1),
        // Gone ones.
        Change(
            testDescription: "fixed", before: plain,
            after: ["a.yaml": deployment().replacing("privileged: true", with: "privileged: false")], new: 0, gone: 1),
        Change(
            testDescription: "the container is gone", before: ["a.yaml": deployment(containers: two)], after: plain, new: 0,
            gone: 1),
        Change(
            testDescription: "the file is gone", before: ["a.yaml": deployment(), "b.yaml": deployment("api")], after: plain,
            new: 0, gone: 1),
        Change(
            testDescription: "one of two is fixed", before: ["a.yaml": deployment(containers: two)],
            after: ["a.yaml": deployment(containers: container + "      - {name: side, image: x}\n")], new: 0, gone: 1),
        Change(
            testDescription: "a rule is gone", before: ["a.yaml": role], after: ["a.yaml": role.replacing("\"*\"", with: "get")],
            new: 0, gone: 1),
    ]

    private static let only = ["--only", "LT-POD-001", "--only", "LT-RBAC-001"]

    @Test(arguments: changes)
    func change(_ test: Change) throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: ".git/HEAD")
        for (path, text) in test.before { try folder.write(text, to: "m/\(path)") }
        let created = try LintelRun(["baseline", "create", "-o", "b.json", "m"] + Self.only, in: folder.url)
        #expect(created.code == 0, "\(created.errors)")
        #expect(!created.output.contains(": 0 violations"))
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("m"))
        for (path, text) in test.after { try folder.write(text, to: "m/\(path)") }
        let run = try LintelRun(["check", "--baseline", "b.json", "--format", "json", "m"] + Self.only, in: folder.url)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let findings = report["findings"] as? [Any], summary = report["summary"] as? [String: Any]
        #expect(findings?.count == test.new, "\(run.output)")
        #expect(summary?["fixed"] as? Int == test.gone)
        #expect(run.code == (test.new > 0 ? 1 : 0))
    }

    @Test func enoughChanges() { #expect(Self.changes.count >= 40) }

    /// An entry takes as many findings as it counts, until its day has passed.
    @Test func expiry() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.deployment(), to: "a.yaml")
        _ = try LintelRun(["baseline", "create", "-o", "b.json", "--until", "2090-01-01", "a.yaml"] + Self.only, in: folder.url)
        let file = folder.url.appendingPathComponent("b.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("\"until\": \"2090-01-01\""))
        let check = ["check", "--baseline", "b.json", "a.yaml"] + Self.only
        #expect(try LintelRun(check, in: folder.url).code == 0)
        try folder.write(text.replacing("2090", with: "2020"), to: "b.json")
        let run = try LintelRun(check, in: folder.url)
        #expect(run.code == 1)
        #expect(run.errors.contains("baseline_expired"))
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"formatVersion\": 1, \"findings\": [{}]}",
        "{\"formatVersion\": 1, \"findings\": [{\"fingerprint\": \"a\", \"policy\": \"b\", \"resource\": \"c\", \"file\": \"d\", \"message\": \"e\", \"count\": 0}]}",
    ])
    func noBaseline(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.deployment(), to: "a.yaml")
        try folder.write(text, to: "b.json")
        let run = try LintelRun(["check", "--baseline", "b.json", "a.yaml"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("error"))
        #expect(try LintelRun(["check", "--baseline", "none.json", "a.yaml"], in: folder.url).code == 2)
    }

    @Test func updateAndPrune() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: ".git/HEAD")
        try folder.write(Self.deployment(containers: Self.two), to: "a.yaml")
        let own = ["a.yaml"] + Self.only
        #expect(
            try LintelRun(["baseline", "create", "-o", "b.json"] + own, in: folder.url).output
                == "b.json: 2 violations are set aside.\n")
        #expect(try LintelRun(["baseline", "create", "-o", "b.json"] + own, in: folder.url).code == 2)
        try folder.write(Self.deployment(containers: Self.container + Self.container.replacing("web", with: "api")), to: "a.yaml")
        #expect(
            try LintelRun(["baseline", "prune", "--baseline", "b.json"] + own, in: folder.url).output
                == "b.json: 1 violations are set aside: 1 gone.\n")
        #expect(try LintelRun(["check", "--baseline", "b.json"] + own, in: folder.url).code == 1)
        #expect(
            try LintelRun(["baseline", "update", "--baseline", "b.json"] + own, in: folder.url).output
                == "b.json: 2 violations are set aside: 1 added, 0 gone.\n")
        #expect(try LintelRun(["check", "--baseline", "b.json"] + own, in: folder.url).code == 0)
        // Another policy's run takes nothing out.
        #expect(
            try LintelRun(["baseline", "prune", "--baseline", "b.json", "a.yaml", "--only", "LT-POD-015"], in: folder.url).output
                == "b.json: 2 violations are set aside: 0 gone.\n")
    }
}

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
