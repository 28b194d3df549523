import Foundation
import Testing

/// `lintel check` on a repository with a base and overlays.
@Suite struct BuiltInputTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "resources: [pod.yaml]\n", to: "base/kustomization.yaml")
        try folder.write(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              containers:
              - name: web
                image: nginx:1.27

            """, to: "base/pod.yaml")
        try folder.write("resources: [../../base]\n", to: "overlays/a/kustomization.yaml")
        try folder.write("resources: [../../base]\npatches:\n- path: patch.yaml\n", to: "overlays/b/kustomization.yaml")
        try folder.write(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              containers:
              - name: web
                securityContext:
                  privileged: true

            """, to: "overlays/b/patch.yaml")
    }

    @Test func patchIsFoundOnce() throws {
        let run = try LintelRun(["check", "--format", "compact", "."], in: folder.url)
        #expect(run.code == 1, "\(run.errors)")
        let found = run.output.split(separator: "\n").filter { $0.contains("LT-POD-001") }
        #expect(found.count == 1, "\(run.output)")
        #expect(found.first?.hasPrefix("overlays/b/patch.yaml:8:") == true, "\(run.output)")
        let text = try LintelRun(["check", "."], in: folder.url)
        #expect(text.output.contains("Built 2 kustomizations with 2 objects"))
        #expect(!text.output.contains("is defined 2 times"))
    }

    /// A file that feeds builds, by a link to it.
    @Test func linksToFilesOfBuildsAreJudgedAsTheFiles() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appendingPathComponent("overlays/a/link.yaml").path, withDestinationPath: "../b/patch.yaml")
        for path in ["overlays/b/patch.yaml", "overlays/a/link.yaml"] {
            let run = try LintelRun(["check", "--format", "compact", path], in: folder.url)
            #expect(run.code == 1 && run.output.contains("overlays/b/patch.yaml:8:"), "\(path): \(run.output)\(run.errors)")
        }
    }

    /// A kustomization that is named by its file is judged as what it builds; one that builds nothing is no success.
    @Test func kustomizationsAreNamedByTheirFiles() throws {
        let run = try LintelRun(["check", "--format", "compact", "overlays/b/kustomization.yaml"], in: folder.url)
        #expect(run.code == 1 && run.output.contains("[LT-POD-001]"), "\(run.output)")
        #expect(!run.errors.contains("nothing_evaluated"), "\(run.errors)")
        try folder.write("namePrefix: a-\n", to: "none/kustomization.yaml")
        let none = try LintelRun(["check", "none/kustomization.yaml"], in: folder.url)
        #expect(none.code == 2, "\(none.output)\(none.errors)")
    }

    @Test func plainLeavesPatchesOut() throws {
        let run = try LintelRun(["check", "--plain", "--format", "compact", "."], in: folder.url)
        #expect(!run.output.contains("patch.yaml"), "\(run.output)")
        #expect(run.output.contains("base/pod.yaml"), "\(run.output)")
        #expect(run.code == 1)
    }

    /// Outside a repository the working folder may hold anything, and is not searched without end for what uses a file.
    @Test func filesOutsideRepositories() throws {
        for number in 0..<2_100 { try folder.write("", to: "z/\(number)/notes.txt") }
        let near = try LintelRun(["check", "--format", "compact", "overlays/b/patch.yaml"], in: folder.url)
        #expect(near.output.contains("overlays/b/patch.yaml:8:"), "\(near.output)")
        let far = try LintelRun(["check", "--format", "compact", "base/pod.yaml"], in: folder.url)
        for run in [near, far] {
            #expect(run.code == 1)
            #expect(run.errors.contains("only 2000 of its folders were searched"), "\(run.errors)")
        }
        let git = Process()
        git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        git.arguments = ["git", "init", "-q", folder.url.path]
        try git.run()
        git.waitUntilExit()
        let inside = try LintelRun(["check", "base/pod.yaml"], in: folder.url)
        #expect(inside.output.contains("Built 2 kustomizations"), "\(inside.output)")
        #expect(inside.errors.isEmpty, "\(inside.errors)")
    }

    @Test func failedBuildIsSaid() throws {
        try folder.write("resources: [missing.yaml]\n", to: "overlays/c/kustomization.yaml")
        let run = try LintelRun(["check", "--format", "compact", "."], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("overlays/c/kustomization.yaml:1:"), "\(run.errors)")
        #expect(run.errors.contains("the kustomization is not built"), "\(run.errors)")
        #expect(run.output.contains("overlays/b/patch.yaml:8:"), "\(run.output)")
    }

    /// Builds are judged at the same time; what is found is the same, and in the same order.
    @Test func anyNumberOfWorkersFindsTheSame() throws {
        let folder = try TemporaryFolder()
        for number in 0..<12 {
            let service = """
                apiVersion: v1
                kind: Service
                metadata: {name: web-\(number)}
                spec: {selector: {app: nobody}, ports: [{port: 80}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web-\(number)}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {serviceAccountName: missing, containers: [{name: web, image: "web:1"}]}
                """
            try folder.write([
                "overlays/\(number)/kustomization.yaml": "namespace: n\(number)\nresources: [service.yaml]\n",
                "overlays/\(number)/service.yaml": service,
            ])
        }
        let budget = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a, namespace: other}
            spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}
            """
        try folder.write(budget, to: "budget.yaml")
        let arguments = ["check", "--profile", "all", "--format", "compact", "--fail-on", "never"]
        let one = try LintelRun(arguments + ["--jobs", "1"], in: folder.url)
        // One that is found in each build with what is around it.
        let together = one.output.split(separator: "\n").filter { $0.contains("LT-REL-006") }
        #expect(together.count == 12, "\(one.output) \(one.errors)")
        for jobs in ["2", "5"] {
            let others = try LintelRun(arguments + ["--jobs", jobs], in: folder.url)
            #expect(others.output == one.output)
        }
    }
}
