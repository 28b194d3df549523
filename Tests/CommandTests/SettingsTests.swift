import Foundation
import TestSupport
import Testing

/// What a repository's own configuration changes is in every report, and a floor holds against it.
@Suite struct SettingsTests {
    private let folder: TemporaryFolder
    static let weak = """
        profile: [restricted]
        failOn: never
        skip: [privileged-container]
        severity: {LT-POD-002: info}
        podSecurityVersion: v1.20
        parameters:
          LT-IMG-001: {exemptImages: ["*"]}
        """

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: b}
            spec:
              hostNetwork: true
              containers: [{name: c, image: "c:latest", securityContext: {privileged: true}}]

            """, to: "pod.yaml")
        try folder.write("package p\n\nwarn contains \"a pod\" if input.kind == \"Pod\"\n", to: "p.rego")
    }

    private func check(_ arguments: String...) throws -> LintelRun {
        try LintelRun(["check", "--policy", "p.rego"] + arguments + ["pod.yaml"], in: folder.url)
    }

    private func report(_ run: LintelRun) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    private func findings(_ run: LintelRun) throws -> [String: String] {
        let findings = try #require(try report(run)["findings"] as? [[String: Any]])
        return Dictionary(
            findings.map { ($0["policy"] as? String ?? "", $0["severity"] as? String ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    @Test func named() throws {
        try folder.write(
            "failOn: never\nskip: [privileged-container]\nseverity: {p.warn: info, LT-POD-002: high}\n", to: "lintel.yaml")
        let text = try check()
        #expect(text.code == 0)
        #expect(
            text.output.contains(
                """
                Configuration: lintel.yaml.
                  failOn: never instead of error
                  skip LT-POD-001 privileged-container
                  severity of p.warn: info instead of low

                """), "\(text.output)")
        let settings = try #require(try report(try check("--format", "json"))["settings"] as? [String: Any])
        #expect(settings["configuration"] as? String == "lintel.yaml")
        let changes = try #require(settings["changes"] as? [[String: String]])
        #expect(
            changes == [
                ["setting": "failOn", "value": "never", "before": "error"],
                ["setting": "skip", "policy": "LT-POD-001", "name": "privileged-container", "value": "true"],
                ["setting": "severity", "policy": "p.warn", "value": "info", "before": "low"],
            ])
        let sarif = try report(try check("--format", "sarif"))
        let invocation = try #require(((sarif["runs"] as? [[String: Any]])?.first?["invocations"] as? [[String: Any]])?.first)
        let notifications = try #require(invocation["toolConfigurationNotifications"] as? [[String: Any]])
        #expect(notifications.count == 3)
        #expect((notifications[1]["associatedRule"] as? [String: Any])?["id"] as? String == "LT-POD-001")
        #expect(
            (notifications[1]["message"] as? [String: Any])?["text"] as? String
                == "lintel.yaml: skip LT-POD-001 privileged-container")
    }

    /// A configuration that CI names takes the place of the repository's.
    @Test func replaced() throws {
        try folder.write("skip: [privileged-container]\n", to: "lintel.yaml")
        try folder.write("{}\n", to: "ci/lintel.yaml")
        let run = try check("--config", "ci/lintel.yaml", "--format", "json")
        #expect(try findings(run)["LT-POD-001"] == "critical")
        #expect((try report(run)["settings"] as? [String: Any])?["configuration"] as? String == "ci/lintel.yaml")
        #expect(
            try check("--config", "ci/lintel.yaml").output.contains("Configuration: ci/lintel.yaml, which changes nothing.\n"))
    }

    @Test func floor() throws {
        try folder.write(
            "failOn: never\nskip: [privileged-container, p.warn]\nseverity: {LT-POD-001: info, p.warn: info}\n", to: "lintel.yaml"
        )
        try folder.write("profile: baseline\nseverity: {p.warn: high}\n", to: "org/floor.yaml")
        let free = try check("--format", "json")
        #expect(free.code == 0)
        #expect(try findings(free)["LT-POD-001"] == nil)
        let run = try check("--policy-floor", "org/floor.yaml", "--format", "json")
        #expect(run.code == 1)
        let held = try findings(run)
        #expect(held["LT-POD-001"] == "critical" && held["p.warn"] == "high")
        let text = try check("--policy-floor", "org/floor.yaml")
        #expect(text.output.contains("Settings that cannot be weakened: org/floor.yaml.\n"))
        #expect(Snapshot.difference(text.errors, "floor.txt") == nil)
        // Nor does what the command line leaves out.
        let narrowed = try findings(
            try check(
                "--policy-floor", "org/floor.yaml", "--only", "p.warn", "--skip", "LT-POD-001", "--no-builtin", "--format", "json"
            ))
        #expect(narrowed["LT-POD-001"] == "critical")
    }

    /// Without a configuration in the repository the floor's settings are those of the run; a stricter one stays.
    @Test func floorAlone() throws {
        try folder.write("profile: baseline\nskip: [p.warn]\nfailOn: error\n", to: "org/floor.yaml")
        let run = try check("--policy-floor", "org/floor.yaml", "--format", "json")
        #expect(run.code == 1)
        #expect(try findings(run)["p.warn"] == nil)
        try folder.write("failOn: warning\nprofile: restricted\n", to: "lintel.yaml")
        let strict = try check("--policy-floor", "org/floor.yaml", "--format", "json")
        #expect(try findings(run)["LT-POD-033"] == nil && findings(strict)["LT-POD-033"] != nil)
        #expect(strict.errors == "")
    }

    @Test func brokenFloor() throws {
        let missing = try check("--policy-floor", "none.yaml")
        #expect(missing.code == 2)
        #expect(missing.errors == "error: cannot read none.yaml: no such file or folder [file_error]\n")
        try folder.write("profil: baseline\n", to: "floor.yaml")
        let broken = try check("--policy-floor", "floor.yaml")
        #expect(broken.code == 2)
        #expect(broken.errors.contains("did you mean \"profile\"?"))
    }
}
