import Foundation
import TestSupport
import Testing

/// `lintel images` on a repository with plain, kustomize and Helm images, as a process.
@Suite struct ImagesTests {
    private static let repository = LintelRun.fixtures.appendingPathComponent("images")
    private static let reports = [
        "--vulnerabilities", "reports/trivy-1.19.json", "--vulnerabilities", "reports/trivy-1.27.json", "--vulnerabilities",
        "reports/grype.json", "--vulnerabilities", "reports/attestation.jsonl", "--known-exploited", "reports/exploited.json",
    ]
    private static let inputs = ["charts", "k", "plain"]

    private func copy() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in Self.inputs + ["reports"] {
            try FileManager.default.copyItem(
                at: Self.repository.appendingPathComponent(name), to: folder.url.appendingPathComponent(name))
        }
        return folder
    }

    @Test(arguments: ["text", "json", "csv", "markdown", "cyclonedx"])
    func plan(_ format: String) throws {
        let run = try LintelRun(["images", "--format", format] + Self.reports + Self.inputs, in: Self.repository)
        #expect(run.code == 0 && run.errors == "", "\(run.errors)")
        let stable = run.stableOutput.replacing(/"(time|timestamp)": "[^"]*"/) { "\"\($0.1)\": \"\"" }
        let difference = Snapshot.difference(stable, "images-\(format).txt")
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// What is shown is what is written, and a second run finds nothing to change.
    @Test func fixes() throws {
        let folder = try copy()
        let wishes =
            Self.reports + [
                "--digests", "reports/digests.txt", "--set-image", "quay.io/x/side=1.30", "--set-image",
                "registry.example.com/nginx=1.30", "--set-image", "busybox:1.36=1.37", "--set-image",
                "registry.example.com/shop/agent=9",
            ]
        let shown = try LintelRun(["images", "--diff"] + wishes + Self.inputs, in: folder.url)
        #expect(shown.code == 1)
        let text = shown.output + "--- errors\n" + shown.errors
        let difference = Snapshot.difference(text, "images-fix.txt")
        #expect(difference == nil, "\(difference ?? "")")

        let written = try LintelRun(["images", "--fix", "--write-lock", "lock.yaml"] + wishes + Self.inputs, in: folder.url)
        #expect(written.code == 1 && written.errors.hasSuffix("5 files changed\n"), "\(written.errors)")
        let again = try LintelRun(["images", "--diff"] + wishes + Self.inputs, in: folder.url)
        #expect(again.output == "", "\(again.output)")
        let lock = try String(contentsOf: folder.url.appendingPathComponent("lock.yaml"), encoding: .utf8)
        #expect(
            lock == """
                apiVersion: lintel/v1
                kind: ImageLock
                images:
                  "docker.io/library/nginx:1.27.3": sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
                  "quay.io/prometheus/prometheus:v2.50.0": sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
                  "quay.io/x/side:1.30": sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
                  "registry.example.com/shop/web:1.19": sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee

                """)
    }

    /// A lock file names every image and its digest.
    @Test func locks() throws {
        let folder = try TemporaryFolder()
        let digest = "sha256:" + String(repeating: "a", count: 64)
        func pod(_ image: String) -> String {
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: \"\(image)\"}]}\n"
        }
        try folder.write("images: {\"nginx:1.27\": \"\(digest)\"}\n", to: "lock.json")
        for (image, code, message) in [
            ("nginx:1.27@\(digest)", 0, ""), ("docker.io/library/nginx:1.27@\(digest)", 0, ""),
            ("nginx:1.27", 0, ""), ("nginx:1.28", 1, "not locked: docker.io/library/nginx:1.28 is not in lock.json\n"),
            (
                "nginx:1.27@sha256:" + String(repeating: "b", count: 64), 1,
                "not locked: docker.io/library/nginx:1.27@sha256:\(String(repeating: "b", count: 64)) has sha256:\(String(repeating: "b", count: 64)), lock.json has \(digest)\n"
            ),
        ] {
            try folder.write(pod(image), to: "pod.yaml")
            let run = try LintelRun(["images", "--lock", "lock.json", "pod.yaml"], in: folder.url)
            #expect(run.code == code && run.errors == message, "\(image): \(run.errors)")
        }
        try folder.write(pod("nginx:1.27"), to: "pod.yaml")
        #expect(try LintelRun(["images", "--fix", "--lock", "lock.json", "pod.yaml"], in: folder.url).code == 0)
        let text = try String(contentsOf: folder.url.appendingPathComponent("pod.yaml"), encoding: .utf8)
        #expect(text == pod("nginx:1.27@\(digest)"))
    }

    @Test func demands() throws {
        for (demand, lines) in [
            ("unpinned", 8), ("floating", 0), ("unscanned", 6), ("exploited", 2), ("critical", 2), ("high", 3),
        ] {
            let arguments = ["images", "--fail-on", demand] + Self.reports + Self.inputs
            let run = try LintelRun(arguments, in: Self.repository)
            #expect(run.code == (lines == 0 ? 0 : 1), "\(demand)")
            #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("\(demand): ") } == lines, "\(demand): \(run.errors)")
        }
    }

    struct Refused: Sendable {
        var name: String
        var files: [String: String] = [:]
        var arguments: [String]
        var code: Int32 = 2
        var message: String
    }

    private static let onePod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: nginx:1}]}\n"

    @Test(arguments: [
        Refused(
            name: "no image", files: ["a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"], arguments: ["a.yaml"],
            message: "error: there is no image in a.yaml"),
        Refused(name: "no file", arguments: ["gone.yaml"], message: "gone.yaml"),
        Refused(
            name: "no report", arguments: ["--vulnerabilities", "gone.json", "pod.yaml"],
            message: "cannot read gone.json: no such file or folder"),
        Refused(
            name: "no JSON", files: ["r.json": "{"], arguments: ["--vulnerabilities", "r.json", "pod.yaml"],
            message: "r.json: it is no JSON"),
        Refused(
            name: "another report", files: ["r.json": "{\"a\": 1}"], arguments: ["--vulnerabilities", "r.json", "pod.yaml"],
            message: "r.json: it is none of the reports that are known"),
        Refused(
            name: "an empty list", files: ["r.json": "[]"], arguments: ["--vulnerabilities", "r.json", "pod.yaml"],
            message: "r.json: it says nothing about an image"),
        Refused(
            name: "a bad envelope", files: ["r.json": "{\"payloadType\": \"x\", \"payload\": \"%\"}"],
            arguments: ["--vulnerabilities", "r.json", "pod.yaml"], message: "r.json: the payload of its envelope is no Base64"),
        Refused(
            name: "no ids", files: ["k.txt": "nothing\n"], arguments: ["--known-exploited", "k.txt", "pod.yaml"],
            message: "k.txt: it names no vulnerability"),
        Refused(
            name: "no digest", files: ["d.txt": "nginx:1 sha256:12\n"], arguments: ["--digests", "d.txt", "pod.yaml"],
            message: "d.txt: \"sha256:12\" of nginx:1 is no digest"),
        Refused(
            name: "no image name", files: ["d.txt": "NGINX! sha256:12\n"], arguments: ["--digests", "d.txt", "pod.yaml"],
            message: "d.txt: \"NGINX!\" is no image"),
        Refused(
            name: "a wish that is none", arguments: ["--set-image", "nginx", "pod.yaml"], code: 64,
            message: "--set-image needs an image and its new tag, such as nginx=1.27.3, not \"nginx\"."),
        Refused(
            name: "a demand without reports", arguments: ["--fail-on", "critical", "pod.yaml"], code: 64,
            message: "--fail-on critical needs reports of scanners (--vulnerabilities)."),
        Refused(name: "both", arguments: ["--fix", "--diff", "pod.yaml"], code: 64, message: "not both"),
        Refused(name: "broken YAML", files: ["b.yaml": "a: [\n"], arguments: ["pod.yaml", "b.yaml"], message: "b.yaml"),
    ])
    func refuses(_ example: Refused) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.onePod, to: "pod.yaml")
        for (name, text) in example.files { try folder.write(text, to: name) }
        let run = try LintelRun(["images"] + example.arguments, in: folder.url)
        #expect(run.code == example.code, "\(example.name): \(run.errors)")
        #expect(run.errors.contains(example.message), "\(example.name): \(run.errors)")
    }

    struct Edit: Sendable {
        var name: String
        var old: String
        var new: String?
        var reason = ""
    }

    /// Layouts of the same image in a manifest: only its text changes.
    @Test(arguments: [
        Edit(name: "plain", old: "image: nginx:1.19  # why", new: "image: nginx:1.20  # why"),
        Edit(name: "single quotes", old: "image: 'nginx:1.19'", new: "image: 'nginx:1.20'"),
        Edit(name: "double quotes", old: "image: \"nginx:1.19\"", new: "image: \"nginx:1.20\""),
        Edit(name: "in full", old: "image: docker.io/library/nginx:1.19", new: "image: docker.io/library/nginx:1.20"),
        Edit(name: "an anchor", old: "image: &i nginx:1.19", new: "image: &i nginx:1.20"),
        Edit(name: "two anchors' spaces", old: "image: &i   \"nginx:1.19\"", new: "image: &i   \"nginx:1.20\""),
        Edit(name: "on the next line", old: "image:\n              nginx:1.19", new: "image:\n              nginx:1.20"),
        Edit(name: "a block", old: "image: >-\n              nginx:1.19", reason: "the value is not written in one word"),
        Edit(name: "a tag", old: "image: !!str nginx:1.19", reason: "the value is not written in one word"),
        Edit(name: "no tag", old: "image: nginx", reason: "no image nginx:1.19 is used"),
    ])
    func editsOnlyTheText(_ example: Edit) throws {
        let folder = try TemporaryFolder()
        func pod(_ line: String) -> String {
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n    containers:\n    -   name: a\n        \(line)\n        tty: true\n"
        }
        try folder.write(pod(example.old), to: "pod.yaml")
        let run = try LintelRun(["images", "--fix", "--set-image", "nginx:1.19=1.20", "pod.yaml"], in: folder.url)
        let text = try String(contentsOf: folder.url.appendingPathComponent("pod.yaml"), encoding: .utf8)
        #expect(text == pod(example.new ?? example.old), "\(example.name)")
        #expect(run.code == (example.new == nil ? 1 : 0), "\(example.name): \(run.errors)")
        #expect(example.reason.isEmpty || run.errors.contains(example.reason), "\(example.name): \(run.errors)")
    }

    private static let chart = [
        "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: \"2.0\"\n",
        "chart/values.yaml": """
        global: {imageRegistry: ""}
        image:
          registry: docker.io
          repository: acme/web
          tag: 1.25.0
          digest: ""
        side:
          image: {repository: quay.io/x/side, tag: ""}
        app:
          repository: ghcr.io/acme/app # ours
          tag:
        none:
          repository: ghcr.io/acme/none

        """,
        "chart/templates/_helpers.tpl": """
        {{- define "image" -}}
        {{- $registry := .image.registry -}}
        {{- if .global.imageRegistry }}{{- $registry = .global.imageRegistry -}}{{- end -}}
        {{- $sep := ":" -}}{{- $term := .image.tag | toString -}}
        {{- if .image.digest }}{{- $sep = "@" -}}{{- $term = .image.digest -}}{{- end -}}
        {{- printf "%s/%s%s%s" $registry .image.repository $sep $term -}}
        {{- end -}}

        """,
        "chart/templates/pod.yaml": """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
          - name: web
            image: {{ include "image" (dict "image" .Values.image "global" .Values.global) }}
          - name: side
            image: "{{ .Values.side.image.repository }}:{{ .Values.side.image.tag | default .Chart.AppVersion }}"
          - name: app
            image: {{ printf "%s:%s" .Values.app.repository (default .Chart.AppVersion .Values.app.tag) | quote }}
          - name: none
            image: "{{ .Values.none.repository }}:{{ .Chart.AppVersion }}"
          - name: worker
            image: "{{ .Values.app.repository }}-worker:3.1"
          - name: curl
            image: {{ printf "%s/curl:8.1" "docker.io/curlimages" }}

        """,
    ]

    /// Images that charts put together are changed where their tag is written: in the values, also where it is empty, or in the
    /// template.
    @Test(arguments: [
        ("acme/web=1.26", "chart/values.yaml", "  tag: 1.25.0\n", "  tag: \"1.26\"\n"),
        ("quay.io/x/side=1.0.1", "chart/values.yaml", "side, tag: \"\"}", "side, tag: \"1.0.1\"}"),
        ("ghcr.io/acme/app=2.1", "chart/values.yaml", "  tag:\n", "  tag: \"2.1\"\n"),
        ("ghcr.io/acme/app-worker=3.2", "chart/templates/pod.yaml", "-worker:3.1", "-worker:3.2"),
        ("curlimages/curl=8.2", "chart/templates/pod.yaml", "curl:8.1", "curl:8.2"),
        ("ghcr.io/acme/none=3", "", "", "its tag is the chart's appVersion (chart/Chart.yaml:4); set the tag in the values"),
    ])
    func charts(_ wish: String, _ file: String, _ old: String, _ new: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.chart)
        let run = try LintelRun(["images", "--fix", "--set-image", wish, "chart"], in: folder.url)
        if file.isEmpty {
            #expect(run.code == 1 && run.errors.contains(new), "\(run.errors)")
        } else {
            #expect(run.code == 0, "\(run.errors)")
        }
        for (name, text) in Self.chart {
            let now = try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
            #expect(now == (name == file ? text.replacing(old, with: new) : text), "\(name)")
        }
    }
}
