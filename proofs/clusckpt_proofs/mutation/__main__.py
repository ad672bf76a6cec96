"""Run the command: `python -m clusckpt_proofs.mutation`."""

from clusckpt_proofs.mutation.command import main

if __name__ == "__main__":
    main()
