import Foundation
import TestSupport
import Testing

/// What Secrets hold, and credentials that are recognised, are in no report, whatever a policy says about them.
@Suite struct SecretLeakTests {
    static let formats = [
        "text", "json", "sarif", "compact", "junit", "github", "gitlab", "azure", "markdown", "html", "csv", "tap", "table",
    ]

    /// What nobody may read.
    private static let values = [
        "hunter2-hunter2", "aHVudGVyMi1odW50ZXIy", "Qw92mNb3Vc", "plain text, with blanks", "second line of it",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "Zx81kPq2Zx", "s3cr3t-in-address",
    ]

    private static let manifests = """
        apiVersion: v1
        kind: Secret
        metadata: {name: s, annotations: {"kubectl.kubernetes.io/last-applied-configuration": '{"data":{"a":"aHVudGVyMi1odW50ZXIy"}}'}}
        data: {password: aHVudGVyMi1odW50ZXIy}
        stringData:
          token: "Qw92mNb3Vc"
          "text": plain text, with blanks
          lines: |
            first
            second line of it
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, labels: {t: ghp_abcdefghijklmnopqrstuvwxyz0123456789}}
        spec:
          containers:
          - name: a
            image: nginx
            env: [{name: DB_PASSWORD, value: Zx81kPq2Zx}, {name: URL, value: "postgres://u:s3cr3t-in-address@db/x"}]
        """

    private static let policy = """
        package main
        import rego.v1
        deny contains sprintf("all of it: %v", [input])
        deny contains {"msg": "with details", "all": input, "text": json.marshal(input)}
        deny contains {"msg": value, "path": ["stringData", key]} if some key, value in input.stringData
        deny contains {"msg": base64.decode(value), "path": ["data", key]} if some key, value in input.data
        deny contains {"msg": e.value, "path": sprintf("spec.containers[0].env[%d].value", [i])} if {
        	some i, e in input.spec.containers[0].env
        }
        deny contains {"msg": v, "path": ["metadata", "labels", k]} if some k, v in input.metadata.labels
        """

    private static func expectNothing(in text: String, _ what: String) {
        for value in values {
            if let range = text.range(of: value) {
                let start = text.index(range.lowerBound, offsetBy: -100, limitedBy: text.startIndex) ?? text.startIndex
                Issue.record("\(what) shows \(value): \(text[start..<range.upperBound])")
            }
        }
    }

    @Test(arguments: formats)
    func noReportShowsThem(_ format: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.policy, to: "policy.rego")
        try folder.write(Self.manifests, to: "a.yaml")
        let run = try LintelRun(
            ["check", "--policy", "policy.rego", "--profile", "all", "--format", format, "a.yaml"], in: folder.url, timeout: 120)
        #expect(run.code == 1, "\(run.errors.prefix(2000))")
        Self.expectNothing(in: run.output + run.errors, format)
        if ["text", "json", "sarif", "html"].contains(format) { #expect(run.output.contains("•••")) }
    }

    /// A value that is also the name of the object or of a container is hidden in its line alone: a message must say what it is
    /// about.
    @Test func namesStay() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: galera}
            spec:
              containers:
              - name: mysql
                image: mysql:8
                env: [{name: MYSQL_PASSWORD, value: mysql}, {name: DB_PASSWORD, value: galera}]

            """, to: "a.yaml")
        let run = try LintelRun(["check", "--only", "LT-SEC-004", "a.yaml"], in: folder.url)
        #expect(run.output.contains("MYSQL_PASSWORD of container \"mysql\" holds a readable credential"), "\(run.output)")
        #expect(run.output.contains("Pod galera") && run.output.contains("value: •••}"), "\(run.output)")
        #expect(!run.output.contains("value: mysql") && !run.output.contains("value: galera"), "\(run.output)")
    }

    /// A manifest that cannot be read is shown at the place of its mistake.
    @Test(arguments: [
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  password: \"hunter2-hunter2\n",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  a: hunter2-hunter2: b\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata:\n  db_password: hunter2-hunter2: b\n",
        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"stringData\": {\"password\": \"hunter2-hunter2\" \"x\"}}",
    ])
    func brokenManifestsShowThemNeither(_ text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "a.yaml")
        let run = try LintelRun(["check", "a.yaml"], in: folder.url, timeout: 120)
        #expect(run.code == 2)
        Self.expectNothing(in: run.output + run.errors, "the message")
    }
}
