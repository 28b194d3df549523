@testable import Catalogue
import Diagnostics
import Documents
@testable import Findings
import Foundation
@testable import Inputs
@testable import Judging
import Testing

/// Files that are no Kubernetes objects but that policies judge.
@Suite struct GitOpsFileTests {
    private func read(_ path: String, _ text: String) -> ResourceReader.Contents {
        ResourceReader().read(SourceFile(path: path, text: text))
    }

    @Test(arguments: [
        ("values.yaml", "auth:\n  password: x\n", "HelmValues values.yaml"),
        ("charts/web/values-prod.yaml", "env: [{name: A, value: 'https://u:p@h/'}]\n", "HelmValues values-prod.yaml"),
        ("alerts.yml", "route: {receiver: a}\nreceivers: [{name: a}]\n", "AlertmanagerConfigFile alerts.yml"),
        ("Chart.yaml", "apiVersion: v2\nname: web\n", "HelmChart Chart.yaml"),
        (".sops.yaml", "creation_rules: [{age: a}]\n", "SopsConfig .sops.yaml"),
        (
            "kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nsecretGenerator: []\n",
            "Kustomization (no name)"
        ),
    ])
    func judged(_ path: String, _ text: String, _ title: String) {
        let contents = read(path, text)
        #expect(contents.resources.map(\.title) == [title])
        #expect(contents.skipped.isEmpty && contents.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("values.yaml", "replicaCount: 3\nimage: {tag: latest}\n"), ("settings.yaml", "auth: {password: x}\n"),
        ("ci.yml", "receivers: [a]\n"),
    ])
    func skipped(_ path: String, _ text: String) {
        #expect(read(path, text).skipped.map(\.reason) == [.notKubernetes])
    }

    @Test func placesAreThoseOfTheFile() {
        let contents = read("values.yaml", "# comment\nauth:\n  password: x\n")
        let path = DocumentPath([.key("values"), .key("auth"), .key("password")])
        #expect(PlaceFinder(resource: contents.resources[0]).location(of: path).start == Position(line: 3, column: 13))
        let holder = contents.resources[0].value.field("values").field("auth")
        #expect(contents.resources[0].document.path(of: holder) == DocumentPath([.key("values"), .key("auth")]))
    }

    /// Kustomizations that only list files are skipped; what a policy judges makes them objects.
    @Test(arguments: [
        ("resources: [a.yaml]\n", ""), ("commonLabels: {a: b}\n", "Kustomization (no name)"),
        ("resources: ['https://github.com/acme/base']\n", "Kustomization (no name)"),
        ("metadata: {name: web}\nsecretGenerator: []\n", "Kustomization web"),
    ])
    func kustomizationWithoutType(_ text: String, _ title: String) {
        let contents = read("deploy/kustomization.yaml", text)
        #expect(contents.resources.map(\.title) == (title.isEmpty ? [] : [title]))
        #expect(contents.skipped.map(\.reason) == (title.isEmpty ? [.kustomization] : []))
        #expect(contents.resources.allSatisfy { $0.type.apiVersion == "kustomize.config.k8s.io/v1beta1" })
    }

    @Test func neighboursOnDisk() throws {
        let folder = try Scratch([
            "kustomization.yaml": "resources: [here.yaml, gone.yaml, ../other]\npatches: [{path: patch.yaml}]\n",
            "here.yaml": "", "chart/Chart.yaml": "name: web\n", "chart/values.schema.json": "{}",
            "chart/Chart.lock": "dependencies: [{name: db, version: 1.2.3}]\n", "plain/Chart.yaml": "name: web\n",
        ])
        let kustomization = try folder.resource("kustomization.yaml").value
        #expect(kustomization.field("missingFiles").strings == ["gone.yaml", "../other", "patch.yaml"])
        let chart = try folder.resource("chart/Chart.yaml").value
        #expect(chart.field("hasValuesSchema").isTrue)
        #expect(chart.field("locked").field("db").strings == ["1.2.3"])
        let plain = try folder.resource("plain/Chart.yaml").value
        #expect(plain.field("hasValuesSchema").boolValue == false && plain.field("locked").isUndefined)
    }

    /// Files with Secrets that no rule of `.sops.yaml` fits, found through the places of the objects.
    @Test func secretsWithoutRule() throws {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata: {}\n"
        let folder = try Scratch([
            ".sops.yaml": "creation_rules:\n- path_regex: ^secrets/\n  age: age1abc\n",
            "secrets/a.yaml": secret.replacingOccurrences(of: "NAME", with: "a"),
            "apps/b.yaml": secret.replacingOccurrences(of: "NAME", with: "b"),
        ])
        var options = Validator.Options()
        options.selection.only = ["sops-rule-missing"]
        let files = FileDiscovery().files(at: [folder.url.path]).files
        let set = PolicySet(library: try PolicyLibrary.embedded())
        let report = Validator(set, options: options).validate(files: files)
        let path = folder.url.path
        #expect(report.findings.map(\.message) == ["no creation rule fits \(path)/apps/b.yaml, which holds a Secret"])
        #expect(report.findings.map(\.location.file) == ["\(path)/.sops.yaml"])
    }

    /// What compares with earlier objects is not judged without them.
    @Test func previousObjects() throws {
        let folder = try Scratch([
            "old/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: 10.0.0.1}\n",
            "new/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: None}\n",
        ])
        var options = Validator.Options()
        options.selection.only = ["immutable-change"]
        let set = PolicySet(library: try PolicyLibrary.embedded())
        let files = [InputFile(path: folder.url.path + "/new/web.yaml")]
        let alone = Validator(set, options: options).validate(files: files)
        #expect(alone.findings.isEmpty && alone.nothingEvaluated != nil)
        #expect(alone.notEvaluated.map(\.reason) == ["no objects before the change, see --previous"])
        func previous(_ name: String) -> PreviousObjects {
            let found = FileDiscovery().files(at: ["\(folder.url.path)/\(name)"])
            return PreviousObjects(built: [], files: found.files, problems: found.problems)
        }
        let before = previous("old")
        #expect(before.problems.isEmpty)
        options.data.previous = before.resources
        let report = Validator(set, options: options).validate(files: files)
        #expect(report.findings.map(\.message) == ["spec.clusterIP of Service \"web\" changes from 10.0.0.1 to None"])
        #expect(previous("nothing").problems.count == 1)
    }
}

/// A folder of files that goes away with its owner.
private final class Scratch {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-gitops-\(UUID().uuidString)")

    init(_ files: [String: String]) throws {
        for (name, text) in files {
            let file = url.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func resource(_ name: String) throws -> Resource {
        try #require(ResourceReader().read(InputFile(path: url.appendingPathComponent(name).path)).resources.first)
    }
}
