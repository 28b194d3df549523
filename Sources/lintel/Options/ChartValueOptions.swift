import ArgumentParser
import Renderings

/// What `check` renders charts with.
struct ChartValueOptions: ParsableArguments {
    @Option(
        name: .customLong("values"),
        help: ArgumentHelp(
            "Render charts with a values file instead of their defaults and the files in their ci folders; repeatable.",
            valueName: "file"))
    var values: [String] = []

    @Option(
        name: .customLong("set"), help: ArgumentHelp("A value for charts: name=value; repeatable.", valueName: "value"))
    var set: [String] = []

    @Option(
        name: .customLong("set-string"),
        help: ArgumentHelp("A value for charts that stays text; repeatable.", valueName: "value"))
    var setString: [String] = []

    @Option(
        name: .customLong("set-json"), help: ArgumentHelp("A value for charts as JSON; repeatable.", valueName: "value")
    )
    var setJSON: [String] = []

    @Option(
        name: .customLong("release-name"),
        help: ArgumentHelp("The name of the release that charts see.", valueName: "name"))
    var releaseName: String?

    @Option(
        name: .customLong("namespace"),
        help: ArgumentHelp(
            "The namespace of the release that charts see. The packages of Conftest are chosen by lintel conftest test.",
            valueName: "name"))
    var namespace: String?

    var given: BuildSettings.Given {
        var given = BuildSettings.Given()
        (given.values, given.set, given.setString, given.setJSON) = (values, set, setString, setJSON)
        (given.releaseName, given.namespace) = (releaseName, namespace)
        return given
    }
}
