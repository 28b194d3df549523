import Testing

/// Flags given as environment variables.
@Suite struct EnvironmentTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var variables: [String: String]
        var arguments = CheckBehaviourTests.base + ["check"]
        var code: Int32
        var output = ""
        var errors = ""
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "option", variables: ["LINTEL_FORMAT": "json"], code: 1, output: "\"formatVersion\""),
        Case(name: "threshold", variables: ["LINTEL_FAIL_ON": "never"], code: 0),
        Case(
            name: "the command line wins", variables: ["LINTEL_FAIL_ON": "never"],
            arguments: CheckBehaviourTests.base + ["check", "--fail-on", "error"], code: 1),
        Case(
            name: "the command line wins with =", variables: ["LINTEL_FAIL_ON": "never"],
            arguments: CheckBehaviourTests.base + ["check", "--fail-on=error"], code: 1),
        Case(
            name: "a short name wins", variables: ["LINTEL_OUTPUT": "/nowhere/report"],
            arguments: CheckBehaviourTests.base + ["check", "-o", "/dev/null"], code: 1),
        Case(
            name: "several values", variables: ["LINTEL_SKIP": "TEAM-1,main.warn,main.violation"], code: 2,
            errors: "no policy is selected"),
        Case(
            name: "flag", variables: ["LINTEL_NO_BUILTIN": "true", "LINTEL_POLICY": "policies"],
            arguments: ["check", "check", "--only", "main.warn"], code: 0, output: "main.warn"),
        Case(
            name: "flag that is off", variables: ["LINTEL_NO_BUILTIN": "false"],
            arguments: ["check", "check", "--policy", "policies", "--only", "LT-POD-001"], code: 1),
        Case(
            name: "no boolean", variables: ["LINTEL_QUIET": "maybe"], code: 64,
            errors: "error: LINTEL_QUIET is \"maybe\"; true or false is expected"),
        Case(
            name: "no such value", variables: ["LINTEL_FORMAT": "xml"], code: 64,
            errors: "\nnote: the value is that of the environment variable LINTEL_FORMAT\n"),
        Case(
            name: "refused value", variables: ["LINTEL_JOBS": "0", "LINTEL_FAIL_ON": "error"], code: 64,
            errors: "\nnote: the value is that of the environment variable LINTEL_JOBS\n"),
        Case(
            name: "refused by name", variables: ["LINTEL_PROFILE": "restrictde"], code: 64,
            errors: "\nnote: the value is that of the environment variable LINTEL_PROFILE\n"),
        Case(
            name: "misspelt", variables: ["LINTEL_PROFLE": "restricted"], code: 64,
            errors: "error: the environment variable LINTEL_PROFLE stands for no flag; did you mean \"LINTEL_PROFILE\"?\n"),
        Case(
            name: "misspelt, of another command", variables: ["LINTEL_FRAMEWORKS": "pss"], code: 64,
            errors: "did you mean \"LINTEL_FRAMEWORK\"?"),
        Case(
            name: "like none", variables: ["LINTEL_DATACENTRE_NAME": "x"], code: 1,
            errors: "warning: the environment variable LINTEL_DATACENTRE_NAME stands for no flag and does nothing\n"),
        Case(name: "empty", variables: ["LINTEL_FORMAT": ""], code: 1),
        Case(name: "of another command", variables: ["LINTEL_FRAMEWORK": "x"], code: 1),
        Case(
            name: "of a subcommand", variables: ["LINTEL_FORMAT": "json", "LINTEL_ONLY": "LT-POD-001"],
            arguments: ["policies", "list"], code: 0, output: "\"LT-POD-001\""),
        Case(
            name: "of a default subcommand", variables: ["LINTEL_FORMAT": "json"], arguments: ["policies"], code: 0,
            output: "\"LT-POD-001\""),
        Case(
            name: "over the file", variables: ["LINTEL_PROFILE": "restricted"],
            arguments: ["check", "check", "--config", "profile.yaml", "--format", "json"], code: 1, output: "LT-POD-031"),
    ])
    func variables(_ test: Case) throws {
        let run = try LintelRun(test.arguments, environment: test.variables)
        #expect(run.code == test.code, "\(run.output.prefix(2000))\(run.errors)")
        #expect(run.output.contains(test.output) || test.output.isEmpty, "\(run.output.prefix(2000))")
        #expect(run.errors.contains(test.errors) || test.errors.isEmpty, "\(run.errors)")
    }

    /// What builds, scripts and Kubernetes set is no misspelling, and help is given in any environment.
    @Test func foreign() throws {
        let names = [
            "LINTEL_CONFORMANCE", "LINTEL_POLICY_PROGRAM", "LINTEL_VERSION", "LINTEL_FUZZ_SEED", "LINTEL_PORT",
            "LINTEL_PORT_443_TCP",
            "LINTEL_PORT_443_TCP_ADDR", "LINTEL_PORT_443_TCP_PORT", "LINTEL_PORT_443_TCP_PROTO", "LINTEL_SERVICE_HOST",
            "LINTEL_SERVICE_PORT", "LINTEL_SERVICE_PORT_HTTPS", "LINTEL_POLICIES_SERVICE_HOST",
            "LINTEL_FORMATS_PORT_8080_UDP_ADDR",
        ]
        let variables = Dictionary(uniqueKeysWithValues: names.map { ($0, "x") })
        let run = try LintelRun(CheckBehaviourTests.base + ["check"], environment: variables)
        #expect(run.code == 1)
        #expect(run.errors == "")
        let help = try LintelRun(["check", "--help"], environment: ["LINTEL_PROFLE": "x"])
        #expect(help.code == 0 && help.errors == "")
    }
}
