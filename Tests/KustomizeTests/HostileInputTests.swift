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
    ]

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
