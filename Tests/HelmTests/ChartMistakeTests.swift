import Foundation
import Helm
import HelmCrypto
import TestSupport
import Testing

/// Mistakes in charts that show without rendering them.
@Suite struct ChartMistakeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var files: [String: String]
        var found: [String]

        init(_ name: String, _ files: [String: String], _ found: [String]) {
            (testDescription, self.files, self.found) = (name, files, found)
        }

        /// A chart of one template.
        init(_ name: String, template: String, values: String = "", _ found: [String]) {
            self.init(name, ["templates/a.yaml": template, "values.yaml": values], found)
        }
    }

    private static func found(_ files: [ChartFile]) throws -> [String] {
        let mistakes = try ChartThread.run { try ChartMistakes(files, functions: HelmCrypto.table) }
        return mistakes.mistakes.map { mistake in
            let file = mistakes.files[mistake.file]
            let line = file.bytes[..<mistake.range.lowerBound].count { $0 == 0x0A } + 1
            return "\(mistake.kind.rawValue) \(file.name):\(line) \(mistake.name)"
                + (mistake.suggestion.isEmpty ? "" : " -> \(mistake.suggestion)")
        }
    }

    @Test(arguments: names + values + failures + columns + quotes)
    func finds(_ example: Case) throws {
        var texts = example.files
        if texts["Chart.yaml"] == nil { texts["Chart.yaml"] = ChartFixture.chartFile + "appVersion: \"1.20\"\n" }
        #expect(try Self.found(ChartFixture.files(texts)) == example.found)
    }

    /// Charts of people who did not know of these policies: each mistake was read and is one.
    @Test(.enabled(if: !charts.isEmpty, "the conformance data is not there"))
    func realCharts() throws {
        var all: [String] = []
        for chart in Self.charts {
            let name = URL(fileURLWithPath: chart).deletingLastPathComponent().lastPathComponent
            all += try Self.found(ChartFolder.files(at: chart)).map { "\(name) \($0)" }
        }
        let text = all.joined(separator: "\n") + "\n"
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("real-chart-mistakes.txt")
        if ProcessInfo.processInfo.environment["RECORD"] != nil { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    static let charts: [String] = ConformanceData.files(below: "rendering/helm/charts", suffix: "/case.json").map {
        $0.deletingLastPathComponent().path + "/chart"
    }

    static let names: [Case] = [
        Case(
            "names of templates",
            [
                "templates/a.yaml":
                    "a: {{ include \"t.label\" . }}\nb: {{ template \"t.labels\" . }}\nc: {{ include (printf \"t.%s\" \"x\") . }}\n",
                "templates/_h.tpl": "{{ define \"t.labels\" }}x{{ end }}{{ define \"t.own\" }}{{ include \"none\" . }}{{ end }}",
            ], ["undefinedTemplate templates/_h.tpl:1 none", "undefinedTemplate templates/a.yaml:1 t.label -> t.labels"]),
        Case(
            "templates of charts inside",
            [
                "templates/a.yaml": "a: {{ include \"lib.a\" . }}\nb: {{ template \"sub.a\" . }}\n",
                "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n",
                "charts/lib/templates/_a.tpl": "{{ define \"lib.a\" }}x{{ end }}",
                "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
                "charts/sub/templates/_a.tpl": "{{ define \"sub.a\" }}x{{ end }}",
            ], []),
        Case(
            "a dependency that is not there may define anything",
            [
                "Chart.yaml": "apiVersion: v2\nname: t\nversion: 0.1.0\ndependencies:\n- {name: common, version: 1.x.x}\n",
                "templates/a.yaml": "a: {{ include \"common.a\" . }}\n", "values.yaml": "a: 1\n",
            ], []),
        Case(
            "a library chart may leave names to its users",
            [
                "Chart.yaml": "apiVersion: v2\nname: t\nversion: 0.1.0\ntype: library\n",
                "templates/_a.tpl": "{{ define \"t.a\" }}{{ include \"user.a\" . }}{{ .Values.any }}{{ end }}",
                "values.yaml": "a: 1\n",
            ], []),
    ]

    static let values: [Case] = [
        Case(
            "a misspelt value and the one that was meant are one mistake",
            template: "a: {{ .Values.image.pullPolcy }}\nb: {{ .Values.image.tag }}\n",
            values: "image: {pullPolicy: Always, tag: a}\n",
            ["undefinedValue templates/a.yaml:1 image.pullPolcy -> image.pullPolicy"]),
        Case(
            "a misspelt condition", template: "{{ if .Values.ingres.enabled }}a: 1{{ end }}\n",
            values: "ingress: {enabled: true}\n",
            ["undefinedValue templates/a.yaml:1 ingres -> ingress"]),
        Case(
            "values that may be missing",
            template: """
                a: {{ .Values.one | default 1 }}
                b: {{ default 1 .Values.two }}
                {{- if .Values.three }}
                c: {{ .Values.three }}
                {{- end }}
                {{- with .Values.four }}
                d: {{ . }}
                {{- end }}
                {{- range .Values.five }}
                e: {{ . }}
                {{- end }}
                f: {{ hasKey .Values "six" }} {{ dig "seven" "x" 1 .Values }} {{ get .Values "eight" }}
                g: {{ required "say nine" .Values.nine }} {{ coalesce .Values.ten 1 }} {{ (.Values.eleven).a }}
                h: {{ .Values.empty.a }} {{ .Values.nothing.b }} {{ .Values.global.x }} {{ .Values.example.y }}
                """, values: "empty: {}\nnothing:\n# example:\n#   y: 1\nother: {z: 1}\n", ["unusedValue values.yaml:5 other"]),
        Case(
            "values that are written and never given",
            template: "a: {{ .Values.a.c }}\nb: {{ .Values.d | quote }}\nc: {{ .Values.a.b }}\n",
            values: "a: {b: 1}\n", ["undefinedValue templates/a.yaml:1 a.c", "undefinedValue templates/a.yaml:2 d"]),
        Case(
            "values that a template, the schema or a chart around gives",
            [
                "templates/a.yaml":
                    "{{ $_ := set .Values \"made\" 1 }}\na: {{ .Values.made }}\nb: {{ .Values.ofSchema }}\nc: {{ .Values.c }}\n",
                "values.schema.json": "{\"properties\": {\"ofSchema\": {}}}", "values.yaml": "c: 1\nsub: {given: 1}\n",
                "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n", "charts/sub/values.yaml": "own: 1\n",
                "charts/sub/templates/a.yaml": "a: {{ .Values.given }} {{ .Values.own }} {{ .Values.never }}\n",
            ], ["undefinedValue templates/a.yaml:1 never"]),
        Case(
            "values that are used in other ways",
            [
                "templates/a.yaml":
                    "a: {{ index .Values \"a-b\" \"c\" }}\nb: {{ toYaml .Values.tree }}\nc: {{ tpl .Values.text . }}\nd: {{ $.Values.d }}\n{{ range $k := list 1 }}{{ $.Values.e }}{{ end }}\nf: {{ tpl (.Files.Get \"f.txt\") . }}\n",
                "f.txt": "{{ .Values.inFile }}",
                "values.yaml":
                    "a-b: {c: 1, d: 2}\ntree: {x: {y: 1}}\ntext: \"{{ .Values.inText }}\"\nd: 1\ne: 1\ninText: 1\ninFile: 1\nx-part: &part {z: 1}\nbase: &base {q: 1}\nused: *base\nglobal: {g: 1}\n",
            ], ["unusedValue values.yaml:1 a-b.d", "unusedValue values.yaml:10 used"]),
        Case(
            "values that are handed on whole", template: "a: {{ toYaml .Values }}\n", values: "a: 1\nb: 2\n", []),
        Case(
            "conditions of dependencies and values of charts inside",
            [
                "Chart.yaml":
                    "apiVersion: v2\nname: t\nversion: 0.1.0\ndependencies:\n- {name: sub, version: 0.1.0, alias: other, condition: other.enabled, tags: [front]}\n",
                "templates/a.yaml": "a: 1\n", "values.yaml": "other: {enabled: true, port: 1}\ntags: {front: true}\nnone: 1\n",
                "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n", "charts/sub/values.yaml": "port: 2\n",
                "charts/sub/templates/a.yaml": "a: {{ .Values.port }}\n",
            ], ["unusedValue values.yaml:3 none"]),
    ]

    static let failures: [Case] = [
        Case(
            "members of what is not there, where a branch comes to them",
            template: """
                {{- if .Values.active }}
                {{- with .Values.none.deep }}
                a: {{ . }}
                {{- end }}
                b: {{ .Values.web.lost.port | default 80 }}
                c: {{ (.Values.gone).port }} {{ .Values.empty.port }}
                {{- if .Values.asked }}{{ .Values.asked.port }}{{ end }}
                {{- end }}
                """, values: "active: false\nweb: {port: 1}\nempty: {}\nother: 1\n",
            [
                "undefinedValue templates/a.yaml:2 none.deep", "undefinedValue templates/a.yaml:5 web.lost.port",
                "unusedValue values.yaml:2 web.port", "unusedValue values.yaml:4 other",
            ]),
        Case(
            "lists and texts that are taken for objects",
            template: """
                {{- if .Values.active }}
                a: {{ .Values.hosts.name }}
                {{- with .Values.image.tag }}
                b: {{ . }}
                {{- end }}
                {{- if kindIs "map" .Values.either }}{{ .Values.either.name }}{{ end }}
                {{- if .Values.other | kindIs "map" }}{{ .Values.other.name }}{{ end }}
                {{- end }}
                """, values: "active: false\nhosts: [a]\nimage: nginx\neither: x\nother: [x]\n",
            ["undefinedValue templates/a.yaml:2 hosts.name", "undefinedValue templates/a.yaml:3 image.tag"]),
    ]

    static let columns: [Case] = [
        Case(
            "two blocks of one list",
            template: """
                a:
                  volumes:
                    {{- toYaml .Values.one | nindent 4 }}
                    {{- toYaml .Values.two | nindent 6 }}
                  mounts:
                    {{- with .Values.one }}
                    {{- toYaml . | nindent 6 }}
                    {{- end }}
                    {{- with .Values.two }}
                    {{- toYaml . | nindent 5 }}
                    {{- end }}
                  same:
                    {{- with .Values.one }}
                    {{- toYaml . | nindent 4 }}
                    {{- end }}
                    {{- toYaml .Values.two | nindent 4 }}
                  {{- toYaml .Values.map | nindent 2 }}
                """, values: "one: [a]\ntwo: [b]\nmap: {a: b}\n",
            ["indentation templates/a.yaml:4 nindent 6", "indentation templates/a.yaml:10 nindent 5"]),
        Case(
            "behind a comment", template: "a:\n  b: \"c\" # \"text\"\n  {{- toYaml .Values.map | nindent 4 }}\n",
            values: "map: {a: b}\n",
            ["indentation templates/a.yaml:3 nindent 4"]),
        Case(
            "blocks in their places",
            template: """
                metadata:
                  labels:
                    {{- include "t.a" . | nindent 4 }}
                    b: c
                    {{- toYaml .Values.map | nindent 4 }}
                  annotations:
                    {{- toYaml .Values.map | nindent 8 }}
                spec:
                  list:
                  {{- toYaml .Values.list | nindent 2 }}
                  other: x
                {{- toYaml .Values.map | nindent 0 }}
                data:
                  script: |
                    text: more
                    {{- toYaml .Values.map | nindent 6 }}
                  - |
                    {{- toYaml .Values.map | nindent 4 }}
                """ + "{{ define \"t.a\" }}a: 1{{ end }}", values: "map: {a: b}\nlist: [a]\n", []),
        Case(
            "below a key, but not deeper", template: "a:\n  b:\n    {{- toYaml .Values.map | nindent 2 }}\n",
            values: "map: {a: b}\n",
            ["indentation templates/a.yaml:3 nindent 2"]),
        Case(
            "left of the key",
            template: "a:\n  b: # text\n    {{- include \"x\" . | nindent 0 }}\n{{ define \"x\" }}- a{{ end }}",
            ["indentation templates/a.yaml:3 nindent 0"]),
        Case(
            "below a key that has a value", template: "a:\n  b: c\n  {{- toYaml .Values.map | nindent 4 }}\n",
            values: "map: {a: b}\n",
            ["indentation templates/a.yaml:3 nindent 4"]),
        Case(
            "between two blocks", template: "a:\n    b: c\n    {{- toYaml .Values.map | nindent 2 }}\n", values: "map: {a: b}\n",
            ["indentation templates/a.yaml:3 nindent 2"]),
        Case(
            "out of a text", template: "a:\n  b: |\n    {{- .Values.text | nindent 2 }}\n", values: "text: x\n",
            ["indentation templates/a.yaml:3 nindent 2"]),
        Case(
            "after a branch nothing is known",
            template: "a:\n  {{- if .Values.x }}\n  b: c\n  {{- end }}\n  {{- toYaml .Values.map | nindent 6 }}\n",
            values: "map: {a: b}\nx: 1\n",
            []),
        Case(
            "the lines before a branch hold in it",
            template: "a:\n  b: c\n  {{- if .Values.x }}\n  {{- toYaml .Values.map | nindent 6 }}\n  {{- end }}\n",
            values: "map: {a: b}\nx: 1\n", ["indentation templates/a.yaml:4 nindent 6"]),
    ]

    static let quotes: [Case] = [
        Case(
            "fields that take texts",
            template: """
                kind: ConfigMap
                metadata:
                  labels:
                    version: {{ .Chart.AppVersion }}
                    {{- if .Values.debug }}
                    debug: {{ .Values.debug }}
                    {{- end }}
                  annotations:
                    a.b/c: {{ .Values.tag | default "x" }}
                data:
                  PORT: {{ .Values.port }}
                  QUOTED: {{ .Values.port | quote }}
                  TEXT: "{{ .Values.port }}"
                  NAME: {{ .Values.name }}
                  EMPTY: {{ .Values.empty }}
                """, values: "debug: true\ntag: \"1.10\"\nport: 80\nname: web\nempty: \"\"\n",
            [
                "unquoted templates/a.yaml:4 .Chart.AppVersion", "unquoted templates/a.yaml:6 .Values.debug",
                "unquoted templates/a.yaml:9 .Values.tag | default \"x\"", "unquoted templates/a.yaml:11 .Values.port",
            ]),
        Case(
            "environment and arguments",
            template: """
                spec:
                  containers:
                  - name: a
                    args:
                    - --port
                    - {{ .Values.port }}
                    env:
                    - name: A
                      value: {{ .Values.port }}
                    - name: B
                      value: {{ .Values.name }}
                    ports:
                    - name: http
                      containerPort: {{ .Values.port }}
                  replicas: {{ .Values.count }}
                """, values: "port: 80\nname: web\ncount: \"3\"\n",
            ["unquoted templates/a.yaml:6 .Values.port", "unquoted templates/a.yaml:9 .Values.port"]),
        Case(
            "lists in brackets, comments and functions that keep the text",
            template: """
                metadata:
                  labels: {app: web, version: {{ .Values.version }}, "quoted": "{{ .Values.version }}"}
                  annotations:
                    a: {{ .Values.version }} # shown
                    b: {{ .Values.version | toString }}
                    c: {{ printf "%v" (.Values.port | default 1) }}
                    d: {{ .Values.version | quote }} # quoted
                    e: {{ .Values.version }}-x # longer
                spec:
                  containers:
                  - args: ["--port", {{ .Values.port }}, {{ .Values.name }}]
                    env: [{name: A, value: {{ .Values.port }}}]
                  - command: [a, {{ .Values.port }}x]
                    env:
                    - {name: B, value: {{ toString .Values.port }}}
                    ports: [{containerPort: {{ .Values.port }}}]
                """, values: "version: \"1.20\"\nport: 80\nname: web\n",
            [
                "unquoted templates/a.yaml:2 .Values.version", "unquoted templates/a.yaml:4 .Values.version",
                "unquoted templates/a.yaml:5 .Values.version | toString",
                "unquoted templates/a.yaml:6 printf \"%v\" (.Values.port | default 1)",
                "unquoted templates/a.yaml:11 .Values.port", "unquoted templates/a.yaml:12 .Values.port",
                "unquoted templates/a.yaml:15 toString .Values.port",
            ]),
        Case(
            "other kinds, texts and schemas",
            template: """
                kind: Widget
                data:
                  port: {{ .Values.port }}
                spec:
                  labels: |
                    port: {{ .Values.port }}
                  value: {{ .Values.port }}
                  rules:
                  - name: x
                    value: {{ .Values.port }}
                """, values: "port: 80\n", []),
    ]
}
