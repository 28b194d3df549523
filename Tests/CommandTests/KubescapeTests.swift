import Foundation
import Testing

/// Kubescape's controls, and exceptions of user policies, in `lintel check`.
@Suite struct KubescapeTests {
    private static let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec: {containers: [{name: a}]}\n"

    private static let control = """
        package armo_builtins

        import rego.v1
        import data.cautils

        deny contains msga if {
            pod := input[_]
            pod.kind == "Pod"
            some i, container in pod.spec.containers
            cautils.list_contains(data.postureControlInputs.names, container.name)
            path := sprintf("spec.containers[%d].name", [i])
            msga := {
                "alertMessage": sprintf("container %v", [container.name]), "failedPaths": [path], "deletePaths": [],
                "fixPaths": [{"path": path, "value": "b"}], "alertObject": {"k8sApiObjects": [pod]},
            }
        }

        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\n"
        try folder.write([
            "rules/one/raw.rego": Self.control,
            "rules/two/raw.rego": Self.control.replacingOccurrences(of: "container %v", with: "again %v"),
            "rules/one/filter.rego": Self.control, "inputs.json": "{\"postureControlInputs\": {\"names\": [\"a\"]}}",
            "controls/one.json": "{\"name\": \"First\", \"controlID\": \"C-0001\", \"baseScore\": 9, \"rulesNames\": [\"one\"]}",
            "pod.yaml": service + Self.pod,
        ])
        return folder
    }

    private func check(_ folder: TemporaryFolder, _ options: String...) throws -> LintelRun {
        try LintelRun(
            ["check", "--no-builtin", "--missing-schemas", "skip", "--policy", "rules", "pod.yaml"] + options, in: folder.url)
    }

    @Test func controlsRunUnmodified() throws {
        let folder = try folder()
        let run = try check(folder, "--data", "inputs.json", "--policy", "controls")
        #expect(run.code == 1, "\(run.errors)")
        #expect(run.output.contains("pod.yaml:9:") && run.output.contains("critical: container a [C-0001/one]"), "\(run.output)")
        #expect(run.output.contains("again a [two]"), "\(run.output)")
        #expect(run.output.contains("spec.containers[0].name"), "\(run.output)")
    }

    @Test func frameworksChooseControls() throws {
        let folder = try folder()
        try folder.write("{\"name\": \"f\", \"activeControls\": [{\"controlID\": \"C-0001\"}]}", to: "controls/f.json")
        let run = try check(folder, "--data", "inputs.json", "--policy", "controls")
        #expect(run.code == 1 && run.output.contains("container a") && !run.output.contains("again a"), "\(run.output)")
    }

    @Test func aRuleLooksAtItsKinds() throws {
        let folder = try folder()
        try folder.write(
            "{\"name\": \"one\", \"ruleLanguage\": \"Rego\", \"match\": [{\"apiGroups\": [\"\"], \"resources\": [\"Service\"]}]}",
            to: "rules/one/rule.metadata.json")
        let run = try check(folder, "--data", "inputs.json")
        #expect(
            run.code == 1 && run.output.contains("again a") && !run.output.contains("container a"), "\(run.output)\(run.errors)")
    }

    /// Without the settings a control reads it would find nothing.
    @Test func missingSettingsAreAnError() throws {
        let run = try check(try folder())
        #expect(run.code == 2, "\(run.output)")
        #expect(run.errors.contains("data.postureControlInputs.names, which no data gives"), "\(run.errors)")
    }

    @Test func aBrokenControlIsAnError() throws {
        let folder = try folder()
        try folder.write(Self.control + "\nx := cosign.verify(1)\n", to: "rules/three/raw.rego")
        let run = try check(folder, "--data", "inputs.json")
        #expect(run.code == 2 && run.errors.contains("rules/three/raw.rego:"), "\(run.errors)")
        #expect(run.errors.contains("the control three is left out"), "\(run.errors)")
    }

    @Test(arguments: [
        (["--data", "none.json"], Int32(2), "none.json"), (["--data", "empty"], 2, "empty holds no data"),
    ]) func dataMustBeThere(_ options: [String], _ code: Int32, _ says: String) throws {
        let folder = try folder()
        try folder.write("", to: "empty/read.me")
        let run = try LintelRun(["check", "--policy", "rules", "pod.yaml"] + options, in: folder.url)
        #expect(run.code == code && run.errors.contains(says), "\(run.errors)")
        let alone = try LintelRun(["check", "pod.yaml", "--data", "inputs.json"], in: folder.url)
        #expect(alone.code == 64 && alone.errors.contains("--policy"), "\(alone.errors)")
    }

    // MARK: Exceptions

    @Test(arguments: [
        ("[\"\"]", false, true), ("[\"kind\"]", true, false), ("[\"\", \"kind\"]", false, false),
        ("[\"deny\", \"Kind\"]", true, true),
    ]) func exceptionsOfAPackageHold(_ names: String, _ hasPlain: Bool, _ hasKind: Bool) throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "policy/p.rego": """
            package main

            deny contains "plain" if input.kind == "Pod"

            deny_kind contains "by kind" if input.kind == "Pod"

            exception contains \(names) if input.metadata.name == "web"

            """,
            "policy/q.rego": "package other\n\ndeny contains \"other\" if input.kind == \"Pod\"\n", "pod.yaml": Self.pod,
        ])
        let run = try LintelRun(["check", "--no-builtin", "--policy", "policy", "pod.yaml"], in: folder.url)
        #expect(run.output.contains("plain") == hasPlain, "\(run.output)\(run.errors)")
        #expect(run.output.contains("by kind") == hasKind, "\(run.output)")
        #expect(run.output.contains("other"), "\(run.output)")
        #expect(run.output.contains("exception") == (!hasPlain || !hasKind), "\(run.output)")
        try folder.write(Self.pod.replacingOccurrences(of: "web", with: "app"), to: "pod.yaml")
        let open = try LintelRun(["check", "--no-builtin", "--policy", "policy", "pod.yaml"], in: folder.url)
        #expect(open.output.contains("plain") && open.output.contains("by kind"), "\(open.output)")
    }

    @Test func aFailingExceptionExceptsNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "p.rego": """
            package main

            deny contains "plain" if input.kind == "Pod"

            exception contains [""] if f

            f := 1

            f := 2 if input.kind

            """,
            "pod.yaml": Self.pod,
        ])
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p.rego", "pod.yaml"], in: folder.url)
        #expect(run.code != 0 && run.output.contains("plain"), "\(run.output)\(run.errors)")
    }

    /// Rules about subjects get each with its binding and role, and what they find stands in those.
    @Test func subjectsAreJoinedWithBindingsAndRoles() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "rules/exec/raw.rego": """
            package armo_builtins

            import rego.v1

            deny contains msga if {
                vector := input[_]
                role := vector.relatedObjects[i]
                endswith(role.kind, "Role")
                binding := vector.relatedObjects[j]
                endswith(binding.kind, "Binding")
                role.rules[p].resources[r] == "pods/exec"
                paths := [sprintf("relatedObjects[%d].rules[%d].resources[%d]", [i, p, r]), sprintf("relatedObjects[%d].roleRef.name", [j])]
                msga := {
                    "alertMessage": sprintf("%v %v can exec", [vector.kind, vector.name]), "failedPaths": paths,
                    "fixPaths": [], "alertObject": {"k8sApiObjects": [], "externalObjects": vector},
                }
            }

            """,
            "rules/exec/rule.metadata.json": """
            {"name": "exec", "ruleLanguage": "Rego", "attributes": {"resourcesAggregator": "subject-role-rolebinding"},
            "match": [{"apiGroups": ["rbac.authorization.k8s.io"], "apiVersions": ["v1"],
            "resources": ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]}]}
            """,
            "rbac.yaml": """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: exec, namespace: shop}
            rules:
            - apiGroups: [""]
              resources: [pods, pods/exec]
              verbs: [create]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: exec, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: exec}
            subjects:
            - {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}
            - {kind: Group, name: devs, apiGroup: rbac.authorization.k8s.io}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: elsewhere, namespace: other}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: exec}
            subjects:
            - {kind: User, name: joe, apiGroup: rbac.authorization.k8s.io}

            """,
        ])
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "rules", "rbac.yaml", "--format", "compact"], in: folder.url)
        #expect(run.code == 1, "\(run.errors)")
        #expect(run.output.contains("rbac.yaml:6:21") && run.output.contains("User jane can exec"), "\(run.output)")
        #expect(run.output.contains("Group devs can exec") && !run.output.contains("joe"), "\(run.output)")
    }
}
