import Foundation
import Testing

/// `lintel diff`, as a process.
@Suite struct DiffTests {
    private static let service = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          selector: {app: web}
          ports: [{port: 80}]
        """ + "\n"
    private static let kustomization = "resources: [service.yaml]\nnamespace: prod\n"

    private func git(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"] + arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// A repository with one commit, tagged `first`, and a changed working tree.
    private func repository() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(["app/service.yaml": Self.service, "app/kustomization.yaml": Self.kustomization])
        try git(["init", "-q"], in: folder.url)
        try git(["add", "."], in: folder.url)
        try git(["commit", "-q", "-m", "one"], in: folder.url)
        try git(["tag", "first"], in: folder.url)
        try folder.write(Self.service.replacing("port: 80", with: "port: 81"), to: "app/service.yaml")
        return folder
    }

    @Test func revisionAndWorkingTree() throws {
        let folder = try repository()
        let run = try LintelRun(["diff", "--no-findings", "first"], in: folder.url)
        #expect(run.code == 1, "\(run.errors)")
        #expect(
            run.output == """
                first → working tree: 1 changed, 0 unchanged

                Changes
                kustomization app
                  ~ Service prod/web  app/service.yaml:1
                      as built from app (app/kustomization.yaml:1)
                      spec.ports[80/TCP]: - {port: 80}  app/service.yaml:6
                      spec.ports[81/TCP]: + {port: 81}  app/service.yaml:6

                skipped in first: 1 kustomization
                skipped in working tree: 1 kustomization

                """)
        // From a folder of the repository, and from elsewhere.
        for (arguments, place) in [(["first"], "app"), (["first", "app"], ""), (["first", "../app"], "app")] {
            let other = try LintelRun(["diff", "--no-findings"] + arguments, in: folder.url.appendingPathComponent(place))
            #expect(other.code == 1)
            #expect(other.output.contains("  ~ Service prod/web"), "\(arguments) \(other.output) \(other.errors)")
        }
        try git(["commit", "-q", "-a", "-m", "two"], in: folder.url)
        #expect(try LintelRun(["diff", "HEAD"], in: folder.url).code == 0)
        for range in [["first..HEAD"], ["first.."], ["first...HEAD", "app"], ["first", "HEAD"], ["first", "HEAD", "app"]] {
            let run = try LintelRun(["diff"] + range, in: folder.url)
            #expect(run.code == 1)
            #expect(run.output.contains(": 1 changed, 0 unchanged"), "\(range) \(run.output) \(run.errors)")
        }
    }

    @Test func movedFilesAreNoChange() throws {
        let folder = try TemporaryFolder()
        try folder.write(["a/x/one.yaml": Self.service, "b/two.yml": "# Elsewhere.\n" + Self.service])
        let run = try LintelRun(["diff", "a", "b"], in: folder.url)
        #expect(run.code == 0)
        #expect(run.output == "a → b: no differences, 1 unchanged\n")
        #expect(try LintelRun(["diff", "a/x/one.yaml", "-"], in: folder.url, input: Self.service).code == 0)
        let gone = try LintelRun(
            ["diff", "a", "-"], in: folder.url, input: Self.service.replacing("name: web", with: "name: other"))
        #expect(gone.code == 1)
        #expect(gone.output.hasPrefix("a → -: 1 added, 1 removed, 0 unchanged\n"))
        #expect(gone.output.contains("+ Service shop/other (v1)  stdin:1"))
    }

    @Test func findingsAppearAndDisappear() throws {
        let pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: shop}
            spec:
              containers: [{name: a, image: "a:1", securityContext: {privileged: true}}]
            """
        let folder = try TemporaryFolder()
        try folder.write(["a/pod.yaml": pod.replacing("true", with: "false"), "b/pod.yaml": pod])
        let arguments = ["diff", "--only", "LT-POD-001"]
        let run = try LintelRun(arguments + ["a", "b"], in: folder.url)
        #expect(run.code == 1)
        #expect(
            run.output.contains("Findings: 1 new, 0 gone, 0 unchanged\n  + critical Pod shop/a: container \"a\" runs privileged"))
        let back = try LintelRun(arguments + ["b", "a"], in: folder.url)
        #expect(back.output.contains("Findings: 0 new, 1 gone, 0 unchanged\n  - critical Pod shop/a"))
        // What makes the exit code 1.
        for (cause, old, new, code) in [
            ("finding", "a", "b", 1), ("finding", "b", "a", 0), ("risk", "a", "b", 1), ("never", "a", "b", 0),
        ] {
            #expect(
                try LintelRun(arguments + ["--fail-on", cause, old, new], in: folder.url).code == Int32(code), "\(cause) \(old)")
        }
    }

    /// What is not compared completely is never equal.
    @Test func sidesThatCannotBeReadAreErrors() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "good/a.yaml": Self.service, "bad/a.yaml": Self.service + "---\na: [\n", "empty/note.txt": "",
            "broken/kustomization.yaml": "resources: [missing.yaml]\n", "broken/a.yaml": Self.service,
            "built/kustomization.yaml": "resources: [a.yaml]\n", "built/a.yaml": Self.service,
        ])
        for sides in [
            ["good", "bad"], ["bad", "bad"], ["good", "missing"], ["empty", "empty"], ["broken", "built"], ["built", "broken"],
            ["no-revision"], ["good", "built", "bad"],
        ] {
            let run = try LintelRun(["diff"] + sides, in: folder.url)
            #expect(run.code == 2 || run.code == 64, "\(sides) \(run.output)")
            #expect(run.errors.contains("rror"), "\(sides)")
        }
        #expect(try LintelRun(["diff", "--allow-empty", "empty", "empty"], in: folder.url).code == 0)
        #expect(try LintelRun(["diff", "good", "empty"], in: folder.url).code == 1)
    }

    @Test func reportsAreWrittenTogether() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "a/s.yaml": Self.service, "b/s.yaml": Self.service.replacing("selector", with: "type: LoadBalancer\n  selector"),
        ])
        let formats = ["--format", "markdown=c.md", "--format", "html=c.html", "--format", "json"]
        let run = try LintelRun(["diff", "--no-findings"] + formats + ["a", "b"], in: folder.url)
        #expect(run.code == 1)
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect((json?["summary"] as? [String: Any])?["changed"] as? Int == 1)
        #expect((json?["risks"] as? [[String: Any]])?.first?["kind"] as? String == "exposure")
        let field = ((json?["objects"] as? [[String: Any]])?.first?["fields"] as? [[String: Any]])?.first
        #expect(field?["path"] as? String == "spec.type" && field?["newPointer"] as? String == "/spec/type")
        let comment = try String(contentsOf: folder.url.appendingPathComponent("c.md"), encoding: .utf8)
        #expect(comment.hasPrefix("<!-- lintel-diff -->\n## lintel diff: 1 changed, 0 unchanged; 1 high risk\n"))
        #expect(comment.contains("- **high** Service shop/web: becomes LoadBalancer, was ClusterIP `b/s.yaml:5`\n"))
        let page = try String(contentsOf: folder.url.appendingPathComponent("c.html"), encoding: .utf8)
        #expect(page.hasPrefix("<!doctype html>") && page.contains("becomes LoadBalancer"))
        #expect(try LintelRun(["diff", "--format", "json", "--format", "text", "a", "b"], in: folder.url).code == 64)
    }

    @Test func secretsAreInNoReport() throws {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {pin: \"47\", password: hunter2hunter2}\n"
        let pod =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a, env: [{name: API_TOKEN, value: Zm9vYmFy81}]}]}\n"
        let folder = try TemporaryFolder()
        try folder.write([
            "a/s.yaml": secret + "---\n" + pod,
            "b/s.yaml": (secret + "---\n" + pod).replacing("47", with: "48").replacing("hunter2hunter2", with: "swordfish99")
                .replacing("Zm9vYmFy81", with: "Zm9vYmFy82"),
        ])
        for format in ["text", "json", "markdown", "html"] {
            for options in [["a", "b"], ["--live", "b/s.yaml", "a"]] {
                let run = try LintelRun(["diff", "--format", format] + options, in: folder.url)
                #expect(run.code == 1)
                for value in ["hunter2", "swordfish", "Zm9vYmFy8", "\"47\"", "\"48\"", "NDc=", "NDg=", "aHVudGVyMmh1bnRlcjI="] {
                    #expect(!run.output.contains(value) && !run.errors.contains(value), "\(format) \(options) \(value)")
                }
            }
        }
    }

    @Test func driftByApplication() throws {
        let folder = try TemporaryFolder()
        let application = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: web, namespace: argocd}
            spec:
              source: {path: web, repoURL: ""}
              destination: {namespace: shop}
            """
        let service = Self.service.replacing(", namespace: shop", with: "")
        try folder.write([
            "git/apps.yaml": application, "git/web/service.yaml": service,
            "live/a.yaml": application + "\nstatus: {sync: {status: Synced}}\n",
            "live/b.yaml": Self.service.replacing("port: 80", with: "port: 80, targetPort: 80, protocol: TCP") + "status: {}\n",
            "live/c.json": """
            {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata":
            {"name": "old", "namespace": "shop", "annotations": {"argocd.argoproj.io/tracking-id": "web:/ConfigMap:shop/old"}}}]}
            """,
        ])
        let run = try LintelRun(["diff", "--live", "live", "git"], in: folder.url)
        #expect(run.code == 1, "\(run.errors)")
        #expect(run.output.contains("Application argocd/web  1        0        0        1"), "\(run.output)")
        #expect(run.output.contains("+ ConfigMap shop/old is only in the cluster  live/c.json:"))
        let same = try LintelRun(["diff", "--live", "live/a.yaml", "--live", "live/b.yaml", "git"], in: folder.url)
        #expect(same.code == 0, "\(same.output)")
        let missing = try LintelRun(["diff", "--live", "live/a.yaml", "git"], in: folder.url)
        #expect(missing.code == 1 && missing.output.contains("- Service shop/web is not in the cluster"))
        #expect(try LintelRun(["diff", "--partial", "--live", "live/a.yaml", "git"], in: folder.url).code == 0)
        for arguments in [["--live", "nothing", "git"], ["--live", "live", "nothing"], ["--partial", "a", "b"]] {
            #expect(try LintelRun(["diff"] + arguments, in: folder.url).code != 0)
        }
    }

    /// What Applications apply is built of a revision as of the files here: by the remotes of the clone, or by `lintel.yaml`.
    @Test(arguments: [true, false])
    func applicationsOfARevision(_ hasConfiguration: Bool) throws {
        let set = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: all, namespace: argocd}
            spec:
              generators: [{git: {repoURL: "https://git.example/team/fleet.git", directories: [{path: clusters/apps/*}]}}]
              template:
                metadata: {name: "{{path.basename}}"}
                spec:
                  source: {repoURL: "https://git.example/team/fleet.git", path: "{{path}}"}
                  destination: {namespace: shop}
            """
        let folder = try TemporaryFolder()
        try folder.write(["clusters/set.yaml": set, "clusters/apps/web/service.yaml": Self.service])
        if hasConfiguration {
            try folder.write("repositories: [\"https://git.example/team/fleet.git\"]\n", to: "lintel.yaml")
        }
        try git(["init", "-q"], in: folder.url)
        if !hasConfiguration { try git(["remote", "add", "origin", "git@git.example:team/fleet.git"], in: folder.url) }
        try git(["add", "."], in: folder.url)
        try git(["commit", "-q", "-m", "one"], in: folder.url)
        try folder.write(Self.service.replacing("port: 80", with: "port: 81"), to: "clusters/apps/web/service.yaml")
        for place in ["", "clusters"] {
            let run = try LintelRun(["diff", "--no-findings", "HEAD"], in: folder.url.appendingPathComponent(place))
            #expect(run.code == 1)
            #expect(run.output.hasPrefix("HEAD → working tree: 1 changed, 1 unchanged\n"), "\(run.output) \(run.errors)")
            #expect(run.output.contains("ApplicationSet argocd/all as web\n  ~ Service shop/web"), "\(run.output)")
        }
    }

    @Test func environments() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "a/s.yaml": Self.service, "b/s.yaml": Self.service.replacing("shop", with: "prod").replacing("80", with: "81"),
        ])
        let apart = try LintelRun(["diff", "--no-findings", "a", "b"], in: folder.url)
        #expect(apart.output.hasPrefix("a → b: 1 added, 1 removed, 0 unchanged\n"))
        let together = try LintelRun(["diff", "--no-findings", "--across-namespaces", "a", "b"], in: folder.url)
        #expect(together.output.hasPrefix("a → b: 1 changed, 0 unchanged\n"))
        #expect(!together.output.contains("metadata.namespace"))
    }
}
