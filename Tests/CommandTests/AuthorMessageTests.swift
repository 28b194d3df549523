import Foundation
import Testing

/// What authors are told, word for word: commands and options that do not exist, rules that are never evaluated, Rego v0,
/// values of variables and parameters, versions of APIs.
@Suite struct AuthorMessageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var arguments: [String]
        var files: [String: String] = [:]
        var environment: [String: String] = [:]
        var code: Int32
        /// All of standard error, or lines that standard output holds when `output` is set.
        var errors: String?
        var output: [String] = []
    }

    private static let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: \"a:1\"}]}\n"
    private static let v0 = "package main\n\ndeny[msg] {\n\tmsg := \"x\"\n}\n"
    private static let hint =
        "  hint: the file is valid Rego v0: rewrite it with lintel fmt --v0-v1 -w, or read it with --v0-compatible\n"

    private static let cases = [
        Case(
            testDescription: "a misspelt command", arguments: ["chek"], code: 64,
            errors: "error: there is no command \"lintel chek\"; did you mean \"lintel check\"?\n"
                + "  See 'lintel --help' for more information.\n"),
        Case(
            testDescription: "help about a misspelt command", arguments: ["help", "chek"], code: 64,
            errors: "error: there is no command \"lintel chek\"; did you mean \"lintel check\"?\n"
                + "  See 'lintel --help' for more information.\n"),
        Case(
            testDescription: "a misspelt option names the program in its way on", arguments: ["check", "--colr"], code: 64,
            errors: "Error: Unknown option '--colr'. Did you mean '--color'?\nUsage: lintel check [<options>] [<path> ...]\n"
                + "  See 'lintel check --help' for more information.\n"),
        Case(
            testDescription: "a rule that nobody evaluates",
            arguments: ["check", "--no-builtin", "--quiet", "--policy", "den.rego", "pod.yaml"],
            files: ["den.rego": "package main\n\nden contains \"x\" if input.kind == \"Pod\"\n", "pod.yaml": pod], code: 2,
            errors: """
                den.rego:3:1: error: the rule den is never evaluated; did you mean "deny"? [policy_error]
                  3 | den contains "x" if input.kind == "Pod"
                    | ^~~~~~~~~~~~~~~~
                  hint: rules called deny, violation or warn are evaluated, also with a suffix, such as deny_latest

                """),
        Case(
            testDescription: "Rego v0 in a test", arguments: ["test", "v0.rego"], files: ["v0.rego": v0], code: 1,
            errors: "v0.rego:3:1: error: `contains` keyword is required for partial set rules [rego_parse_error]\n"
                + "  3 | deny[msg] {\n    | ^~~~~~~~~\n" + hint
                + "v0.rego:3:11: error: `if` keyword is required before rule body [rego_parse_error]\n"
                + "  3 | deny[msg] {\n    |           ^\n"),
        Case(
            testDescription: "the value of a variable", arguments: ["check", "pod.yaml"], files: ["pod.yaml": pod],
            environment: ["LINTEL_JOBS": "many"], code: 64,
            errors: "Error: The value 'many' is invalid for '--jobs <jobs>'\n"
                + "Help:  --jobs <jobs>  Worker threads; one a processor by default.\n"
                + "Usage: lintel check [<options>] [<path> ...]\n  See 'lintel check --help' for more information.\n"
                + "note: the value is that of the environment variable LINTEL_JOBS\n"),
        Case(
            testDescription: "a parameter that there is not", arguments: ["check", "--quiet", "pod.yaml"],
            files: ["pod.yaml": pod, "lintel.yaml": "parameters:\n  LT-IMG-001: {exemptImage: [x]}\n"], code: 2,
            errors: """
                lintel.yaml:2:16: error: LT-IMG-001 has no parameter "exemptImage"; did you mean "exemptImages"? [configuration_error]
                  2 |   LT-IMG-001: {exemptImage: [x]}
                    |                ^~~~~~~~~~~

                """),
        Case(
            testDescription: "a version that is still served is low",
            arguments: ["check", "--only", "LT-API-004", "--fail-on", "low", "route.yaml"],
            files: [
                "route.yaml":
                    "apiVersion: gateway.networking.k8s.io/v1beta1\nkind: HTTPRoute\nmetadata: {name: a, namespace: b}\nspec: {}\n"
            ], code: 1,
            output: [
                "route.yaml:1:13: [L] low: gateway.networking.k8s.io/v1beta1 HTTPRoute is deprecated since gateway-api 1.0, though still served: use gateway.networking.k8s.io/v1 [LT-API-004 deprecated-gitops-api]"
            ]),
        Case(
            testDescription: "the option that makes templates strict",
            arguments: ["check", "--only", "LT-ARGO-027", "set.yaml"],
            files: [
                "set.yaml": """
                apiVersion: argoproj.io/v1alpha1
                kind: ApplicationSet
                metadata: {name: apps, namespace: argocd}
                spec:
                  goTemplate: true
                  generators: [{git: {repoURL: "https://git.example/apps.git", revision: HEAD, directories: [{path: "*"}]}}]
                  template:
                    metadata: {name: "{{.path.basename}}"}
                    spec:
                      project: shop
                      source: {repoURL: "https://git.example/apps.git", targetRevision: HEAD, path: "{{.path.path}}"}
                      destination: {server: "https://kubernetes.default.svc", namespace: shop}

                """
            ], code: 1, output: ["goTemplateOptions", "[missingkey=error]"]),
    ]

    @Test(arguments: cases)
    func isSaidWordForWord(_ entry: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write(entry.files)
        let run = try LintelRun(entry.arguments, in: folder.url, environment: entry.environment)
        #expect(run.code == entry.code, "\(run.output)\(run.errors)")
        if let errors = entry.errors { #expect(run.errors == errors) }
        for line in entry.output { #expect(run.output.contains(line), "\(run.output)\(run.errors)") }
    }
}
