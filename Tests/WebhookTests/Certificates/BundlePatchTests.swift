import Diagnostics
import Testing
import Webhook

/// A manifest keeps every byte but those of the bundle.
@Suite struct BundlePatchTests {
    private static let cases: [(before: String, after: String)] = [
        (
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: x}  # kept\nwebhooks:\n- name: a.example\n  clientConfig:\n    # the Service\n    service: {name: s, namespace: n}\n- name: b.example\n  clientConfig:\n    url: https://h\n    caBundle: OLD # old\n",
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: x}  # kept\nwebhooks:\n- name: a.example\n  clientConfig:\n    # the Service\n    caBundle: NEW\n    service: {name: s, namespace: n}\n- name: b.example\n  clientConfig:\n    url: https://h\n    caBundle: NEW # old\n"
        ),
        (
            "kind: MutatingWebhookConfiguration\napiVersion: admissionregistration.k8s.io/v1\nwebhooks: [{name: a, clientConfig: {url: \"https://h\"}}]\n",
            "kind: MutatingWebhookConfiguration\napiVersion: admissionregistration.k8s.io/v1\nwebhooks: [{name: a, clientConfig: {\"caBundle\": \"NEW\", url: \"https://h\"}}]\n"
        ),
        (
            #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","webhooks":[{"clientConfig":{"url":"u","caBundle":"OLD"}}]}]}"#,
            #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","webhooks":[{"clientConfig":{"url":"u","caBundle":"NEW"}}]}]}"#
        ),
        (
            "apiVersion: v1\nkind: Secret\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks:\n  - clientConfig:\n      caBundle: |\n        T0xE\n        T0xE\n      url: u\n",
            "apiVersion: v1\nkind: Secret\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks:\n  - clientConfig:\n      caBundle: NEW\n      url: u\n"
        ),
        (
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  conversion:\n    webhook:\n      clientConfig:\n        caBundle:\n        service: {name: s}\n",
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  conversion:\n    webhook:\n      clientConfig:\n        caBundle: NEW\n        service: {name: s}\n"
        ),
        (
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks:\n- name: a\n  clientConfig: &c\n    caBundle: \"\"\n    url: u\n- name: b\n  clientConfig: *c\n",
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks:\n- name: a\n  clientConfig: &c\n    caBundle: \"NEW\"\n    url: u\n- name: b\n  clientConfig: *c\n"
        ),
    ]

    @Test(arguments: 0..<cases.count)
    func patch(_ index: Int) {
        let (before, after) = Self.cases[index]
        let patch = BundlePatch(SourceFile(path: "w.yaml", text: before), bundle: "NEW")
        #expect(patch.problems.map(\.message) == [])
        #expect(String(decoding: patch.bytes, as: UTF8.self) == after)
        // Patching again changes nothing.
        let again = BundlePatch(SourceFile(path: "w.yaml", bytes: patch.bytes), bundle: "NEW")
        #expect(again.bytes == patch.bytes)
    }

    @Test(arguments: [
        ("apiVersion: v1\nkind: Service\n", "w.yaml has no webhook with a clientConfig"),
        (
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nwebhooks:\n- clientConfig: {}\n",
            "clientConfig names neither service nor url"
        ),
    ])
    func refuse(_ text: String, _ message: String) {
        let patch = BundlePatch(SourceFile(path: "w.yaml", text: text), bundle: "NEW")
        #expect(patch.problems.map(\.message) == [message])
        #expect(String(decoding: patch.bytes, as: UTF8.self) == text)
    }
}
