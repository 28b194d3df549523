// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "lintel-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "lintel", path: "..")],
    targets: [
        .executableTarget(name: "rego-bench", dependencies: [.product(name: "LintelRego", package: "lintel")])
    ],
    swiftLanguageModes: [.v6]
)
