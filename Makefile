# Short names for the scripts in Scripts/. `make` alone lists them.
VIDEO ?=

.PHONY: help setup build install demo test docs manual completions bench accuracy format clean fresh-clone-check

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building and running needs (FFmpeg, ONNX Runtime, networks, the demo clip)
	@Scripts/setup.sh

build: setup ## build the splitface program in release
	@Scripts/swift.sh build -c release --product splitface

install: build ## put a link to the program into PREFIX/bin (PREFIX=~/.local)
	@PREFIX='$(PREFIX)' Scripts/install.sh

demo: setup ## build the program, then process the demo clip, or VIDEO=path/of/a/video
	@VIDEO='$(subst ','\'',$(VIDEO))' Scripts/demo.sh

test: setup ## check formatting, build with warnings as errors, run all tests
	@Scripts/test.sh

docs: setup ## write the library's documentation to .build/docs/SplitFace.doccarchive
	@Scripts/docs.sh

manual: setup ## write the man page to .build/manual
	@Scripts/manual.sh page

completions: setup ## write completions for bash, zsh and fish to .build/completions
	@Scripts/manual.sh completions

bench: setup ## time kernels and networks, then whole jobs against the Python peer (BENCH=../shared/bench), into docs/performance.md
	@BENCH='$(BENCH)' Scripts/bench.sh

accuracy: setup ## measure how often findings are right, on clips of known truth (SHARED=../shared, ENGINE=mediapipe)
	@SHARED='$(SHARED)' ENGINE='$(ENGINE)' Scripts/accuracy.sh

format: ## format the sources
	swift format -i -r Sources Tests Examples Benchmarks Package.swift

fresh-clone-check: ## clone the last commit into a temporary folder, then set up, demo and test there
	@Scripts/check-fresh-clone.sh

clean: ## remove builds and the demo's results, but not what set-up installed (.splitface)
	rm -rf .build demo out
