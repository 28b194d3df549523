import ArgumentParser

/// Options of `helm template` that `lintel template` does not have, and what to do instead.
enum HelmOption {
    /// What is wrong with a version that is given to choose a chart, as Helm takes it; here the option shows that of the program.
    static func problem(in arguments: [String]) -> String? {
        guard arguments.first == TemplateCommand._commandName, arguments.count > 2 else { return nil }
        guard arguments.prefix(while: { $0 != "--" }).contains(where: { $0 == "--version" || $0.hasPrefix("--version=") }) else {
            return nil
        }
        return
            "--version shows the version of \(Lintel.name) and chooses none of a chart: nothing is fetched. Get the chart with "
            + "'helm pull --version VERSION', and name the folder or archive"
    }

    /// Options whose value may begin with a dash.
    static let takesAnything: Set<String> = [
        "--set", "--set-string", "--set-json", "--set-file", "--set-literal", "--kube-version",
    ]

    static func advice(_ name: String) -> String? {
        switch name {
        case "post-renderer", "post-renderer-args":
            return "No plugin of Helm and no other program is run: pipe the output into it, as in "
                + "'\(Lintel.name) template NAME CHART | PROGRAM'."
        case _ where fetching.contains(name):
            return
                "Nothing is fetched: get the chart with 'helm pull' or its dependencies with 'helm dependency build', and name "
                + "the folder or archive."
        case _ where asking.contains(name):
            return
                "No cluster and no other host is asked; '\(Lintel.name) check CHART' compares what is rendered with the types of "
                + "Kubernetes."
        case _ where installing.contains(name):
            return "It is about the installation and changes nothing that is rendered: leave it out."
        default: return nil
        }
    }

    private static let fetching: Set<String> = [
        "repo", "devel", "username", "password", "pass-credentials", "dependency-update", "verify", "keyring", "ca-file",
        "cert-file", "key-file", "insecure-skip-tls-verify", "plain-http", "content-cache", "registry-config", "repository-cache",
        "repository-config",
    ]
    private static let asking: Set<String> = [
        "validate", "dry-run", "enable-dns", "disable-openapi-validation", "kubeconfig", "kube-context", "kube-apiserver",
        "kube-as-group", "kube-as-user", "kube-ca-file", "kube-insecure-skip-tls-verify", "kube-tls-server-name", "kube-token",
        "burst-limit", "qps",
    ]
    private static let installing: Set<String> = [
        "atomic", "rollback-on-failure", "create-namespace", "description", "force", "force-conflicts", "force-replace", "labels",
        "l", "render-subchart-notes", "hide-notes", "replace", "server-side", "take-ownership", "timeout", "wait",
        "wait-for-jobs",
    ]
}
