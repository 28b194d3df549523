import Diagnostics
import Foundation
import Inputs
import Kustomize
import Testing

/// Inputs that try to lead out of the repository, to go on for ever or to fill memory end in one clear error.
struct HostileInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var files: [String: String]
        var message: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a folder that uses itself", files: ["kustomization.yaml": "resources: [.]"],
            message: "cycle detected"),
        Case(
            name: "two folders that use each other",
            files: [
                "kustomization.yaml": "resources: [a]", "a/kustomization.yaml": "resources: [../b]",
                "b/kustomization.yaml": "resources: [../a]",
            ],
            message: "cycle detected"),
        Case(
            name: "a remote base", files: ["kustomization.yaml": "resources: ['https://example.com/a.yaml']"],
            message: "nothing is fetched"),
        Case(
            name: "a remote repository", files: ["kustomization.yaml": "resources: ['github.com/a/b?ref=main']"],
            message: "nothing is fetched"),
        Case(
            name: "a file outside of the folder",
            files: ["kustomization.yaml": "resources: [../secret.yaml]", "../secret.yaml": "a: b"],
            message: "must build at directory"),
        Case(
            name: "a function in a container",
            files: [
                "kustomization.yaml": "transformers: [f.yaml]",
                "f.yaml":
                    "apiVersion: v1\nkind: F\nmetadata:\n  name: f\n  annotations:\n    config.kubernetes.io/function: |\n      container: {image: x}\n",
            ], message: "never started"),
        Case(
            name: "aliases that multiply",
            files: [
                "kustomization.yaml": "resources: [a.yaml]",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
                    + (1...8).map {
                        "b\($0): &b\($0) ["
                            + Array(repeating: $0 == 1 ? "*a" : "*b\($0 - 1)", count: 10).joined(separator: ",") + "]\n"
                    }
                    .joined(),
            ], message: "aliases expand"),
        Case(
            name: "collections too deep",
            files: [
                "kustomization.yaml": "resources: [a.yaml]",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\na: " + String(repeating: "[", count: 5_000),
            ], message: "nested deeper"),
        Case(
            name: "a pattern that is none",
            files: [
                "kustomization.yaml":
                    "resources: [a.yaml]\npatches:\n- target: {name: '('}\n  patch: '[{\"op\": \"remove\", \"path\": \"/a\"}]'\n",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
            ], message: "error parsing regexp"),
        Case(
            name: "a patch that doubles what it copies",
            files: [
                "kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: C}\n  path: p.json\n",
                "p.json": "["
                    + (0..<64).map { "{\"op\": \"copy\", \"from\": \"\", \"path\": \"/x\($0)\"}" }.joined(separator: ",") + "]",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
            ], message: "the copies of a patch grow beyond"),
        Case(
            name: "a patch in brackets that is no JSON",
            files: [
                "kustomization.yaml":
                    "resources: [a.yaml]\npatches:\n- target: {kind: C}\n  patch: '[{op: remove, path: /a}]'\n",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\na: 1\n",
            ], message: "unable to parse SM or JSON patch"),
        Case(
            name: "a patch that nests deeper and deeper",
            files: [
                "kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: C}\n  path: p.json\n",
                "p.json": "["
                    + (0..<20_000).map { _ in
                        "{\"op\":\"add\",\"path\":\"/b\",\"value\":{}},{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b/a\"},"
                            + "{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/a\"}"
                    }
                    .joined(separator: ",") + "]",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\na: 1\n",
            ], message: "nests values deeper"),
        Case(
            name: "a replacement with an endless path",
            files: [
                "kustomization.yaml": "resources: [a.yaml]\nreplacements: [{path: r.yaml}]\n",
                "r.yaml": "source: {kind: C, name: a}\ntargets:\n- select: {kind: C}\n  options: {create: true}\n  fieldPaths: ["
                    + Array(repeating: "a", count: 50_000).joined(separator: ".") + "]\n",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
            ], message: "has more than"),
        Case(
            name: "a configuration with an endless path",
            files: [
                "kustomization.yaml": "namePrefix: b\nresources: [a.yaml]\nconfigurations: [c.yaml]\n",
                "c.yaml": "namePrefix:\n- create: true\n  path: " + Array(repeating: "a", count: 50_000).joined(separator: "/")
                    + "\n",
                "a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
            ], message: "has more than"),
        Case(
            name: "a generator that takes a remote file",
            files: ["kustomization.yaml": "configMapGenerator: [{name: c, files: ['https://example.com/a']}]\n"],
            message: "nothing is fetched"),
    ]

    /// Generators of many and of large files.
    @Test func generatorsAreBounded() {
        var options = BuildOptions()
        options.largestObjectCount = 1_000
        let entries = (0..<2_000).map { "- {name: c\($0), literals: [a=b]}" }.joined(separator: "\n")
        let many = RenderingCase.build(["kustomization.yaml": "configMapGenerator:\n\(entries)\n"], ".", options)
        #expect(many.errors.contains("more than 1000 objects"), "\(many.errors)")
        options.largestBuild = 1 << 20
        let files = Dictionary(uniqueKeysWithValues: (0..<8).map { ("f\($0)", String(repeating: "x", count: 200_000)) })
        let names = files.keys.sorted().joined(separator: ", ")
        let large = RenderingCase.build(
            files.merging(["kustomization.yaml": "configMapGenerator: [{name: c, files: [\(names)]}]\n"]) { $1 }, ".", options)
        #expect(large.errors.contains("more than 1048576 bytes"), "\(large.errors)")
    }

    /// The generator of KSOPS gives what its files hold, and decrypts nothing.
    @Test func encryptedSecretsAreTakenAsTheyAre() {
        let files = [
            "kustomization.yaml": "generators: [g.yaml]\n",
            "g.yaml": """
            apiVersion: viaduct.ai/v1
            kind: ksops
            metadata:
              name: secrets
              annotations:
                config.kubernetes.io/function: |
                  exec: {path: ksops}
            files: [s.yaml]
            secretFrom:
            - metadata: {name: keys, labels: {a: b}}
              files: [k.txt]
              binaryFiles: [name=k.txt]
            """,
            "s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: 'ENC[AES256_GCM,data:x]'}\nsops: {mac: y}\n",
            "k.txt": "ENC[x]",
        ]
        let build = RenderingCase.build(files)
        #expect(build.errors == "")
        #expect(
            build.yaml() == """
                apiVersion: v1
                data:
                  k.txt: RU5DW3hd
                  name: RU5DW3hd
                kind: Secret
                metadata:
                  labels:
                    a: b
                  name: keys
                type: Opaque
                ---
                apiVersion: v1
                data:
                  a: ENC[AES256_GCM,data:x]
                kind: Secret
                metadata:
                  name: s
                sops:
                  mac: "y"

                """, "\(build.yaml())")
        #expect(build.problems.map(\.code) == ["kustomize-encrypted"])
    }

    /// What is elsewhere can be left out, and told, while the rest is built without what refers to it.
    @Test func foreignPartsAreLeftOut() {
        let files = [
            "kustomization.yaml": """
            namePrefix: p-
            resources: ['https://example.com/x.yaml', 'github.com/a/b?ref=main', a.yaml, base]
            components: ['github.com/a/c?ref=main']
            generators: [g.yaml]
            patches:
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: elsewhere}
                data: {a: b}
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: here}
                data: {a: b}
            configMapGenerator:
            - {name: elsewhere, behavior: merge, literals: [a=b]}
            replacements:
            - source: {kind: Secret, name: elsewhere}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [data.c]}]
            """,
            "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: here}\n",
            "base/kustomization.yaml": "resources: ['git@example.com:x/y.git']\nnamePrefix: b-\n",
            "g.yaml": "apiVersion: example.com/v1\nkind: Maker\nmetadata: {name: m}\n",
        ]
        var options = BuildOptions()
        options.leavesForeignOut = true
        let build = RenderingCase.build(files, ".", options)
        #expect(build.yaml() == "apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-here\n")
        let errors = build.problems.filter { $0.severity == .error }
        #expect(errors.count == 5 && errors.allSatisfy { $0.range != nil && $0.hint != nil }, "\(errors)")
        #expect(RenderingCase.build(files).objects.isEmpty)
        // Nothing is passed over where nothing is left out.
        let local = files.merging(["kustomization.yaml": "resources: [a.yaml]\npatches: [{path: g.yaml}]\n"]) { $1 }
        #expect(RenderingCase.build(local, ".", options).errors.contains("no matches for Id"))
    }

    @Test(arguments: cases)
    func endsInAnError(_ item: Case) {
        let build = RenderingCase.build(item.files)
        #expect(build.errors.contains(item.message), "\(build.errors)")
        #expect(build.objects.isEmpty)
    }

    @Test func includesAreBounded() {
        var files: [String: String] = [:]
        for depth in 0..<10_000 { files["k\(depth)/kustomization.yaml"] = "resources: [../k\(depth + 1)]" }
        let build = RenderingCase.build(files, "k0")
        #expect(build.errors.contains("deeper than"))
    }

    @Test func foldersThatDoubleAreBounded() {
        var files = [
            "k0/kustomization.yaml": "resources: [a.yaml]",
            "k0/a.yaml": "apiVersion: v1\nkind: C\nmetadata: {name: a}\n",
        ]
        for depth in 1...40 {
            files["k\(depth)/kustomization.yaml"] = "resources: [../p\(depth), ../q\(depth)]"
            for side in ["p", "q"] {
                files["\(side)\(depth)/kustomization.yaml"] = "namePrefix: \(side)\nresources: [../k\(depth - 1)]"
            }
        }
        var options = BuildOptions()
        options.largestFolderCount = 300
        let build = RenderingCase.build(files, "k40", options)
        #expect(build.errors.contains("more than"))
    }

    @Test func linksDoNotLeadOut() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(
            "kustomize-\(UInt64.random(in: 0 ... .max))")
        let folder = root.appendingPathComponent("app")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        let secret = root.appendingPathComponent("secret.yaml")
        try Data("apiVersion: v1\nkind: C\nmetadata: {name: a}\n".utf8).write(to: secret)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("a.yaml"), withDestinationURL: secret)
        try Data("resources: [a.yaml]".utf8).write(to: folder.appendingPathComponent("kustomization.yaml"))
        let build = Kustomizer(files: DiskFiles()).build(folder.path)
        #expect(build.errors.contains("is not in or below"))
        var options = BuildOptions()
        options.restrictsToRoot = false
        #expect(Kustomizer(options, files: DiskFiles()).build(folder.path).objects.count == 1)
    }

    /// Cutting or changing any of the files must not crash the build.
    @Test func brokenTextsDoNotCrash() {
        let files = [
            "kustomization.yaml": """
            namePrefix: a-
            resources: [a.yaml]
            labels: [{pairs: {a: b}, includeSelectors: true}]
            images: [{name: x, newTag: "1"}]
            configMapGenerator: [{name: c, literals: [a=b]}]
            patches:
            - patch: |
                - op: add
                  path: /spec/x
                  value: 1
              target: {kind: Pod}
            replacements:
            - source: {kind: ConfigMap, name: c, fieldPath: data.a}
              targets: [{select: {kind: Pod}, fieldPaths: [spec.containers.0.name]}]
            """,
            "a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: c, image: x}\n",
        ]
        #expect(RenderingCase.build(files).errors == "")
        for (path, text) in files {
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                for replacement in [[], Array(":".utf8), Array("\n".utf8), Array("[".utf8), [0xFF]] {
                    var changed = bytes
                    changed.replaceSubrange(index...index, with: replacement)
                    var broken = files
                    broken[path] = String(decoding: changed, as: UTF8.self)
                    _ = RenderingCase.build(broken).yaml()
                }
            }
        }
    }
}
