import Diagnostics
import Documents
import Testing

@testable import Validation

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
        #expect(FindingLocator(resource: contents.resources[0]).location(of: path).start == Position(line: 3, column: 13))
        let holder = contents.resources[0].value.field("values").field("auth")
        #expect(contents.resources[0].document.path(of: holder) == DocumentPath([.key("values"), .key("auth")]))
    }
}
