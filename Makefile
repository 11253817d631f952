# Every target installs by itself what it needs; the second time that costs nothing.

CONFIGURATION ?= release
# A target that is imported and not declared is an error in every build.
FLAGS = --explicit-target-dependency-import-check error
# What people run needs no Swift on the machine, and is faster and smaller in memory for it.
STATIC = --static-swift-stdlib -Xswiftc -use-ld=lld

.PHONY: demo test lint bench tour kills fuzz deps build clean

## demo: all bots and a Telegram of their own at http://127.0.0.1:7070 (PHOTOS=DIR shows your own pictures)
demo: build
	.build/$(CONFIGURATION)/quartet demo $(if $(PHOTOS),--photos "$(PHOTOS)") $(ARGUMENTS)

## tour: a scripted conversation, as a transcript
tour: build
	.build/$(CONFIGURATION)/quartet tour $(ARGUMENTS)

## test: everything, against real sockets, databases and a real browser (FILTER=PATTERN: some of it)
test:
	scripts/test.sh $(FILTER)

## lint: formatting and layering
lint:
	scripts/lint.sh

## bench: figures beside other frameworks in the same run, into docs/benchmarks.md
bench:
	scripts/deps.sh test
	scripts/peers.sh
	swift build $(FLAGS) $(STATIC) -c release --product benchmarks
	swift build $(FLAGS) $(STATIC) -c release --product quartet
	.build/release/benchmarks --write docs/benchmarks.md $(ARGUMENTS)

## kills: a small bot is killed 2000 times at random points, a fifth as often in conversations and by losses of power (KILLS=N)
kills:
	scripts/deps.sh test
	swift build $(FLAGS) --build-tests
	QUARTET_KILLS=$(or $(KILLS),2000) swift test $(FLAGS) --skip-build --filter "ProbeKillStory|ConversationKillStory"

## fuzz: libFuzzer over every parser that meets bytes from outside (SECONDS=60 for each, TARGETS="json url")
fuzz:
	scripts/fuzz.sh $(or $(SECONDS),60) $(TARGETS)

## deps: what the build and the tests need, installed where missing
deps:
	scripts/deps.sh test

build:
	scripts/deps.sh build
	swift build $(FLAGS) $(if $(filter release,$(CONFIGURATION)),$(STATIC)) -c $(CONFIGURATION) --product quartet

clean:
	rm -rf .build
