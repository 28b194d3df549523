import Diagnostics
import Documents
import Testing

@testable import Compliance

private func settings(_ json: String) throws -> ComplianceSettings {
    let document = try JSONReader.read(SourceFile(path: "settings.json", text: json))
    return try ComplianceSettings(reading: document)
}

private func failing(_ resources: [String?]) -> ComplianceReport.Answer {
    .init(
        clause: .init(id: "5.2.2", title: "t"), status: .fail, confidence: .exact,
        evidence: resources.map { Evidence(verdict: "fail", message: "m", source: "s", resource: $0) })
}

@Suite struct ComplianceSettingsTests {
    @Test(arguments: [
        (#"[]"#, "a settings file holds an object"),
        (#"{"parameter": {}}"#, "there is no setting \"parameter\"; there are coverage, exceptions, parameters"),
        (
            #"{"parameters": {"strikt": true}}"#,
            "there is no parameter \"strikt\"; there are allowedCapabilities, automountAllowed, certificateMode, clusterAdmins, "
                + "etcdDataOwners, exemptNamespaces, includeControllers, kubernetesVersion, namespace, requestTimeout, seccompTypes, strict"
        ),
        (#"{"parameters": 1}"#, "parameters is an object"),
        (#"{"exceptions": {}}"#, "exceptions is a list"),
        (#"{"exceptions": [{"clause": "1.1"}]}"#, "an exception needs clause and reason as text"),
        (
            #"{"exceptions": [{"clause": "1.1", "reason": "r", "until": "x"}]}"#,
            "there is no member of an exception \"until\"; there are clause, expires, owner, reason, resource"
        ),
        (
            #"{"exceptions": [{"clause": "1.1", "reason": "r", "expires": "soon"}]}"#,
            "the exception for 1.1 expires on a date such as 2027-01-31, not \"soon\""
        ),
        (#"{"coverage": {}}"#, "coverage is a list"),
        (#"{"coverage": [{"policy": "LT-POD-008"}]}"#, "a coverage needs clause and policy as text"),
        (#"{"coverage": [{"clause": "POD-2"}]}"#, "a coverage names its policy as text"),
        (
            #"{"coverage": [{"clause": "POD-2", "policy": "LT-POD-008", "least": 90}]}"#,
            "there is no member of a coverage \"least\"; there are clause, framework, minimum, of, policy"
        ),
        (
            #"{"coverage": [{"clause": "POD-2", "policy": "LT-POD-008", "of": "pods"}]}"#,
            "the coverage of LT-POD-008 is of containers or of resources"
        ),
        (
            #"{"coverage": [{"clause": "POD-2", "policy": "LT-POD-008", "minimum": 101}]}"#,
            "the minimum of LT-POD-008's coverage is a percentage from 0 to 100"
        ),
    ])
    func refuses(_ json: String, _ message: String) {
        #expect { try settings(json) } throws: { ($0 as? SettingsError)?.message == message }
    }

    @Test func acceptedViolationsPassWithExceptions() throws {
        let all = try settings(#"{"exceptions": [{"clause": "5.2.2", "reason": "r"}]}"#)
        let answer = all.apply(to: failing(["Pod a/b", nil]), today: "2026-01-01")
        #expect(answer.status == .passWithExceptions)
        #expect(answer.evidence.allSatisfy { $0.exception?.reason == "r" })
    }

    @Test func oneOpenViolationStillFails() throws {
        let one = try settings(#"{"exceptions": [{"clause": "5.2.2", "reason": "r", "resource": "Pod a/*"}]}"#)
        #expect(one.apply(to: failing(["Pod a/b"]), today: "2026-01-01").status == .passWithExceptions)
        #expect(one.apply(to: failing(["Pod a/b", "Pod c/d"]), today: "2026-01-01").status == .fail)
    }

    @Test func exceptionsEnd() throws {
        let dated = try settings(#"{"exceptions": [{"clause": "5.2.2", "reason": "r", "expires": "2026-06-30"}]}"#)
        #expect(dated.apply(to: failing(["Pod a/b"]), today: "2026-06-30").status == .passWithExceptions)
        #expect(dated.apply(to: failing(["Pod a/b"]), today: "2026-07-01").status == .fail)
    }

    @Test(arguments: [
        ("Pod a/b", "Pod a/b", true), ("Pod a/b", "Pod a/*", true), ("Pod a/b", "*", true), ("Pod a/b", "Pod c/*", false),
        ("Pod a/b", "*/b", true), ("Pod a/b", "P*/*b", true), ("ab", "ab*ab", false), ("", "*", true), ("", "Pod", false),
    ])
    func patterns(_ text: String, _ pattern: String, _ matches: Bool) {
        #expect(ComplianceSettings.matches(text, pattern) == matches)
    }
}
