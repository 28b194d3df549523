import Foundation
import Testing

/// `lintel check` on repositories: what is judged is what will be applied, once.
@Suite struct RepositoryTests {
    /// Kustomizations that only each other uses are told, and what stands in them is judged as it is.
    @Test func circles() throws {
        let folder = try TemporaryFolder()
        try folder.write("resources: [../b]\n", to: "a/kustomization.yaml")
        try folder.write("resources: [../a, pod.yaml]\n", to: "b/kustomization.yaml")
        let pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec: {hostNetwork: true, containers: [{name: c, image: x}]}

            """
        try folder.write(pod, to: "b/pod.yaml")
        let run = try LintelRun(["check", "--only", "LT-POD-015", "--format", "compact", "."], in: folder.url)
        #expect(run.code == 2 && run.errors.contains("cycle detected"), "\(run.errors)")
        #expect(run.output.hasPrefix("b/pod.yaml:4:21:"), "\(run.output)")
    }

    private let folder: TemporaryFolder

    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
          - name: web
            image: "nginx:1.27"

        """

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("resources: [pod.yaml]\n", to: "base/Kustomization")
        try folder.write(Self.pod, to: "base/pod.yaml")
        for name in ["a", "b"] { try folder.write("resources: [../../base]\n", to: "overlays/\(name)/kustomization.yaml") }
    }

    private func check(_ arguments: [String]) throws -> (lines: [Substring], run: LintelRun) {
        let run = try LintelRun(["check", "--format", "compact"] + arguments, in: folder.url)
        return (run.output.split(separator: "\n"), run)
    }

    /// The JSON report's builds, as `kind path appliedBy values`.
    private func builds(_ arguments: [String]) throws -> [String] {
        let run = try LintelRun(["check", "--format", "json"] + arguments, in: folder.url)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        return (report["builds"] as? [[String: Any]] ?? []).map { build in
            ["kind", "path", "appliedBy", "values", "notBuilt"].compactMap { build[$0] as? String }.joined(separator: " ")
        }
    }

    @Test func basesAreJudgedAsBuilt() throws {
        let found = try check(["."]).lines.filter { $0.contains("[LT-POD-066]") }
        #expect(found.count == 1 && found[0].hasPrefix("base/pod.yaml:6:"), "\(found)")
        #expect(try builds(["."]) == ["kustomization overlays/a", "kustomization overlays/b"])
        #expect(try builds(["--bases", "."]) == ["kustomization base", "kustomization overlays/a", "kustomization overlays/b"])
        let text = try LintelRun(["check", "."], in: folder.url).output
        #expect(text.contains("  and in 1 more: overlays/b\n"), "\(text)")
    }

    @Test func fileIsJudgedAsTheBuildsItFeeds() throws {
        try folder.write("", to: ".git/HEAD")
        for name in ["a", "b"] {
            try folder.write(
                """
                resources: [../../base]
                patches:
                - target: {kind: Pod}
                  patch: |
                    - {op: add, path: /spec/hostNetwork, value: true}
                    - {op: replace, path: /spec/containers/0/image, value: "nginx:1.28"}

                """, to: "overlays/\(name)/kustomization.yaml")
        }
        let (lines, run) = try check(["base/pod.yaml"])
        #expect(run.code == 1)
        #expect(lines.contains { $0.contains("[LT-POD-066]") }, "\(lines)")
        #expect(lines.allSatisfy { $0.hasPrefix("base/pod.yaml:") }, "\(lines)")
        #expect(try check(["."]).lines.contains { $0.contains("overlays/a/kustomization.yaml:") && $0.contains("hostNetwork") })
    }

    @Test func applicationsDecide() throws {
        try folder.write(
            """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: all, namespace: argocd}
            spec:
              generators:
              - list: {elements: [{env: a, tag: latest}]}
              - clusters: {}
              template:
                metadata: {name: 'web-{{env}}'}
                spec:
                  project: shop
                  source:
                    repoURL: https://git.example/shop.git
                    targetRevision: v1
                    path: 'overlays/{{env}}'
                    kustomize: {images: ["nginx:{{tag}}"]}
                  destination: {server: https://one.example, namespace: shop}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: cache, namespace: argocd}
            spec:
              project: shop
              source: {repoURL: https://charts.example, chart: redis, targetRevision: 1.0.0}
              destination: {server: https://one.example, namespace: shop}

            """, to: "apps.yaml")
        #expect(
            try builds(["."]) == [
                "manifests apps.yaml ApplicationSet argocd/all the source of web-{{env}} depends on clusters, which are not known here",
                "chart https://charts.example/redis Application argocd/cache "
                    + "the chart lives in a registry and nothing is fetched: name a local copy under charts: in lintel.yaml",
                "kustomization overlays/a ApplicationSet argocd/all as web-a", "kustomization overlays/b",
            ])
        let found = try check(["."]).lines.filter { $0.contains("LT-IMG-001") }
        #expect(found.count == 1 && found[0].hasPrefix("apps.yaml:16:"), "\(found)")
    }

    @Test func fluxDecides() throws {
        try folder.write(
            """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: shop, namespace: flux-system}
            spec:
              interval: 1h
              path: ./overlays/a
              prune: true
              sourceRef: {kind: GitRepository, name: fleet}
              targetNamespace: shop
              postBuild: {substitute: {tag: latest}}

            """, to: "cluster/shop.yaml")
        try folder.write(Self.pod.replacing("nginx:1.27", with: "nginx:${tag:=1.27}"), to: "base/pod.yaml")
        let found = try check(["."]).lines.filter { $0.contains("LT-IMG-001") }
        #expect(found.count == 1 && found[0].contains("nginx:latest"), "\(found)")
        #expect(
            try builds(["."]) == ["kustomization overlays/a Kustomization flux-system/shop", "kustomization overlays/b"])
    }

    @Test func releasesDecide() throws {
        try folder.write("apiVersion: v2\nname: api\nversion: 1.0.0\n", to: "charts/api/Chart.yaml")
        try folder.write("host: false\n", to: "charts/api/values.yaml")
        try folder.write(
            Self.pod.replacing("spec:\n", with: "spec:\n  hostNetwork: {{ .Values.host }}\n"), to: "charts/api/templates/pod.yaml"
        )
        try folder.write("host: true\n", to: "charts/api/ci/host.yaml")
        try folder.write(
            """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: api, namespace: shop}
            spec:
              interval: 1h
              chart: {spec: {chart: charts/api, sourceRef: {kind: GitRepository, name: fleet}}}
              valuesFrom: [{kind: ConfigMap, name: settings}]
              postRenderers:
              - kustomize: {images: [{name: nginx, newTag: latest}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data:
              values.yaml: |
                host: true

            """, to: "cluster/api.yaml")
        let lines = try check(["."]).lines
        let network = lines.filter { $0.contains("LT-POD-015") }.map { $0.prefix { $0 != " " } }
        #expect(network == ["charts/api/ci/host.yaml:1:7:", "cluster/api.yaml:16:11:"], "\(lines)")
        #expect(lines.contains { $0.contains("LT-IMG-001") && $0.hasPrefix("cluster/api.yaml:9:") }, "\(lines)")
        #expect(
            try builds(["charts", "cluster"]).filter { $0.hasPrefix("chart") } == [
                "chart charts/api", "chart charts/api charts/api/ci/host.yaml", "chart charts/api HelmRelease shop/api",
            ])
    }

    /// Of objects of one name that of the same namespace counts, or one without a namespace, and of these the nearest.
    @Test func referredObjectsAreTheNearest() throws {
        try folder.write("apiVersion: v2\nname: api\nversion: 1.0.0\n", to: "charts/api/Chart.yaml")
        try folder.write("tag: \"1\"\n", to: "charts/api/values.yaml")
        try folder.write(
            Self.pod.replacing("spec:\n", with: "spec:\n  hostname: {{ .Values.tag | quote }}\n"),
            to: "charts/api/templates/pod.yaml")
        for (place, namespace, tag) in [
            ("clusters/a", "shop", "from-a"), ("clusters/b", "shop", "from-b"), ("clusters/b", "other", "of-other"),
            ("clusters/c", "", "from-c"), ("elsewhere", "shop", "from-elsewhere"),
        ] {
            let field = namespace.isEmpty ? "" : ", namespace: \(namespace)"
            try folder.write(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings\(field)}\ndata:\n  values.yaml: |\n    tag: \(tag)\n",
                to: "\(place)/settings-\(namespace).yaml")
        }
        let release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: NAME, namespace: shop}
            spec:
              chart: {spec: {chart: charts/api, sourceRef: {kind: GitRepository, name: fleet}}}
              valuesFrom: [{kind: ConfigMap, name: settings}]

            """
        for name in ["a", "b", "c"] {
            try folder.write(release.replacing("NAME", with: name), to: "clusters/\(name)/release.yaml")
        }
        try folder.write(
            "package main\n\ndeny contains input.spec.hostname if input.spec.hostname != \"1\"\n", to: "names.rego")
        let lines = try check(["--no-builtin", "--policy", "names.rego", "charts", "clusters", "elsewhere"]).lines
        let found = lines.filter { $0.hasPrefix("clusters/") && $0.contains(":6:10: ") }
        #expect(found.count == 3, "\(lines)")
        for (line, name) in zip(found, ["a", "b", "c"]) {
            #expect(line.hasPrefix("clusters/\(name)/") && line.contains(" from-\(name) "), "\(line)")
        }
    }

    @Test func chartsOfKustomizations() throws {
        try folder.write("apiVersion: v2\nname: api\nversion: 1.0.0\n", to: "k/charts/api/Chart.yaml")
        try folder.write("tag: \"1\"\n", to: "k/charts/api/values.yaml")
        try folder.write(Self.pod.replacing("1.27", with: "{{ .Values.tag }}"), to: "k/charts/api/templates/pod.yaml")
        try folder.write(
            "helmCharts:\n- name: api\n  valuesInline:\n    tag: latest\nnamespace: shop\n", to: "k/kustomization.yaml")
        let found = try check(["k"]).lines.filter { $0.contains("LT-IMG-001") }
        #expect(found.count == 1 && found[0].hasPrefix("k/kustomization.yaml:4:"), "\(found)")
        try folder.write(
            "helmCharts:\n- {name: redis, repo: https://charts.example, version: 1.0.0}\n", to: "k/kustomization.yaml")
        let run = try LintelRun(["check", "k"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains("'https://charts.example' is remote: nothing is fetched"), "\(run.errors)")
    }

    @Test func ignoredFilesOfGenerators() throws {
        try folder.write("key.pem\n", to: "k/.gitignore")
        try folder.write("resources: [pod.yaml]\nsecretGenerator:\n- {name: s, files: [key.pem]}\n", to: "k/kustomization.yaml")
        try folder.write(Self.pod, to: "k/pod.yaml")
        let run = try check(["k"]).run
        #expect(run.code == 1)
        #expect(run.errors.contains("'k/key.pem' is not here"))
        try folder.write("resources: [pod.yaml]\nsecretGenerator:\n- {name: s, files: [other.pem]}\n", to: "k/kustomization.yaml")
        #expect(try check(["k"]).run.code == 2)
    }
}
